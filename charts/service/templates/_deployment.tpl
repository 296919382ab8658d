{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
The Deployment of a service. Beside root and id: ports (list of name and port; the management port is
always there), env, mounts and volumes (YAML lists as text), args (list) and checksum (text whose
change restarts the pods).
*/}}
{{- define "heal8s-service.deployment" -}}
{{- $values := .root.Values -}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  replicas: {{ $values.replicaCount }}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      {{- include "heal8s-service.selector" . | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      # A new one is ready before an old one goes: no alert finds nobody.
      maxUnavailable: 0
  template:
    metadata:
      labels:
        {{- include "heal8s-service.labels" . | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- $annotations := mergeOverwrite (dict) ($values.commonAnnotations | default dict) ($values.podAnnotations | default dict) }}
      {{- with .checksum }}
      {{- $_ := set $annotations "checksum/config" (sha256sum .) }}
      {{- end }}
      {{- with $annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "heal8s-service.account" . }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
      {{- with $values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      securityContext:
        {{- toYaml $values.podSecurityContext | nindent 8 }}
      containers:
        - name: {{ .id }}
          image: {{ include "heal8s-service.image" . | quote }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          {{- with .args }}
          args:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          securityContext:
            {{- toYaml $values.securityContext | nindent 12 }}
          ports:
            {{- range .ports }}
            - name: {{ .name }}
              containerPort: {{ .port }}
              protocol: TCP
            {{- end }}
            - name: health
              containerPort: {{ $values.health.port }}
              protocol: TCP
          env:
            - name: POD_NAMESPACE
              valueFrom:
                fieldRef:
                  fieldPath: metadata.namespace
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: HEAL8S_MANAGEMENT_PORT
              value: {{ $values.health.port | quote }}
            - name: JDK_JAVA_OPTIONS
              value: {{ $values.javaOptions | default (include "heal8s-service.javaOptions" .) | quote }}
            {{- with .env }}
            {{- . | trim | nindent 12 }}
            {{- end }}
            {{- with ($values.tracing | default dict).endpoint }}
            - name: MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT
              value: {{ . | quote }}
            {{- end }}
            {{- with $values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          startupProbe:
            httpGet:
              path: /healthz
              port: health
            periodSeconds: 2
            failureThreshold: 60
          readinessProbe:
            httpGet:
              path: /readyz
              port: health
            periodSeconds: 5
            timeoutSeconds: 3
          livenessProbe:
            httpGet:
              path: /healthz
              port: health
            periodSeconds: 20
            timeoutSeconds: 5
            failureThreshold: 3
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with .mounts }}
            {{- . | trim | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: {{ $values.tmpSize }}
        {{- with .volumes }}
        {{- . | trim | nindent 8 }}
        {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      affinity:
        {{- if $values.affinity }}
        {{- toYaml $values.affinity | nindent 8 }}
        {{- else }}
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    {{- include "heal8s-service.selector" . | nindent 20 }}
        {{- end }}
{{- end -}}

{{/*
How a service's JVM starts unless the value javaOptions says otherwise; the same as
dev/launcher/service.jvm.options, with which the benchmarks of start-up and memory run.
*/}}
{{- define "heal8s-service.javaOptions" -}}
-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -Xms48m -Xmx192m --enable-native-access=ALL-UNNAMED
{{- end -}}
