{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* A Service; beside root and id: type, ports (list of name, port and target), annotations, name. */}}
{{- define "heal8s-service.service" -}}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  type: {{ .type | default "ClusterIP" }}
  selector:
    {{- include "heal8s-service.selector" . | nindent 4 }}
  ports:
    {{- range .ports }}
    - name: {{ .name }}
      port: {{ .port }}
      targetPort: {{ .target | default .name }}
      protocol: TCP
    {{- end }}
{{- end -}}

{{/* The Service that is scraped; apart from the one for callers, which may be open to the outside. */}}
{{- define "heal8s-service.metricsservice" -}}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-metrics" (include "heal8s-service.fullname" .))) .) | nindent 2 }}
spec:
  type: ClusterIP
  clusterIP: None
  selector:
    {{- include "heal8s-service.selector" . | nindent 4 }}
  ports:
    - name: metrics
      port: {{ .root.Values.metrics.port }}
      targetPort: metrics
      protocol: TCP
{{- end -}}

{{/*
Who may call, and whom the service calls. Beside root and id: open (list of ports that anybody may
call), egress (ports that it calls beside DNS and the API server) and inCluster (whether it calls pods by any
port: of the namespaces that it works in, which are all where rbac.namespaces is empty).
*/}}
{{- define "heal8s-service.networkpolicy" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- if $policy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "heal8s-service.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with .open }}
    - ports:
        {{- range . }}
        - port: {{ . }}
          protocol: TCP
        {{- end }}
      {{- with $policy.callers }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    - ports:
        - port: {{ .root.Values.health.port }}
          protocol: TCP
        {{- if .root.Values.metrics.enabled }}
        - port: {{ .root.Values.metrics.port }}
          protocol: TCP
        {{- end }}
      {{- with $policy.scrapers }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    # The API server has no labels to select it by; its port is all that is known.
    - ports:
        {{- $called := list }}
        {{- range concat (list 443 6443) (.egress | default list) (include "heal8s-service.tracingPorts" . | fromJsonArray) ($policy.egressPorts | default list) }}
        {{- $called = append $called (int .) }}
        {{- end }}
        {{- range uniq $called }}
        - port: {{ . }}
          protocol: TCP
        {{- end }}
    {{- if .inCluster }}
    # Every port of every pod of these namespaces: pods choose their ports, and a policy has no other
    # way to say "the namespace of the object that asks".
    - to:
        {{- with .root.Values.rbac.namespaces }}
        - namespaceSelector:
            matchExpressions:
              - key: kubernetes.io/metadata.name
                operator: In
                values: {{ toJson . }}
        {{- else }}
        - namespaceSelector: {}
        {{- end }}
    {{- end }}
{{- end }}
{{- end -}}

{{- define "heal8s-service.disruptionbudget" -}}
{{- if .root.Values.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  # Not minAvailable: with one replica that would hold up every drain of a node.
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "heal8s-service.selector" . | nindent 6 }}
{{- end }}
{{- end -}}

{{/* A ServiceMonitor of the Prometheus operator, where its kind is known. */}}
{{- define "heal8s-service.servicemonitor" -}}
{{- if .root.Values.metrics.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "heal8s-service.selector" . | nindent 6 }}
  namespaceSelector:
    matchNames: [{{ include "heal8s-service.namespace" . }}]
  endpoints:
    - port: metrics
      path: /metrics
      interval: {{ .root.Values.metrics.serviceMonitor.interval }}
{{- end }}
{{- end -}}

{{/* The port that traces are sent to, as a JSON list. */}}
{{- define "heal8s-service.tracingPorts" -}}
{{- $ports := list }}
{{- with (.root.Values.tracing | default dict).endpoint }}
{{- $url := urlParse . }}
{{- $named := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- $ports = list (ternary (ternary 443 80 (eq $url.scheme "https")) (int $named) (empty $named)) }}
{{- end }}
{{- toJson $ports }}
{{- end -}}
