{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* Not empty where the plugins kubernetes act in this cluster. */}}
{{- define "resource-controller.actsHere" -}}
{{- if or .root.Values.kubernetes.apply.namespaces .root.Values.kubernetes.input.namespace }}yes{{ end }}
{{- end -}}

{{- define "resource-controller.pluginsAccount" -}}
{{ .root.Values.kubernetes.serviceAccount.name | default (printf "%s-kubernetes" (include "heal8s-service.fullname" .)) }}
{{- end -}}

{{/*
The account that the plugins kubernetes act with. A pod has a token of one account only, that of
the service; so this one's token is a Secret that the cluster fills, and a kubeconfig names it.
*/}}
{{- define "resource-controller.kubernetesAccount" -}}
{{- $account := .root.Values.kubernetes.serviceAccount -}}
{{- if include "resource-controller.actsHere" . }}
{{- $name := include "resource-controller.pluginsAccount" . }}
{{- if $account.create }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" $name "annotations" $account.annotations) .) | nindent 2 }}
automountServiceAccountToken: false
{{- end }}
---
apiVersion: v1
kind: Secret
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-token" $name) "annotations" (dict "kubernetes.io/service-account.name" $name)) .) | nindent 2 }}
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" $name) .) | nindent 2 }}
data:
  kubeconfig: |
    apiVersion: v1
    kind: Config
    current-context: here
    contexts:
      - name: here
        context:
          cluster: here
          user: plugins
    clusters:
      - name: here
        cluster:
          server: https://kubernetes.default.svc
          certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    users:
      - name: plugins
        user:
          tokenFile: /etc/heal8s/kubernetes/token
{{- end }}
{{- end -}}

{{- define "resource-controller.mounts" -}}
{{- if .root.Values.github.app.existingSecret }}
- name: github-app
  mountPath: /etc/heal8s/github-app
  readOnly: true
{{- end }}
{{- if include "resource-controller.actsHere" . }}
- name: kubernetes
  mountPath: /etc/heal8s/kubernetes
  readOnly: true
{{- end }}
{{- with .root.Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "resource-controller.volumes" -}}
{{- with .root.Values.github.app }}
{{- if .existingSecret }}
- name: github-app
  secret:
    secretName: {{ .existingSecret }}
    # r--r-----
    defaultMode: 288
    items:
      - key: {{ .key }}
        path: private-key.pem
{{- end }}
{{- end }}
{{- if include "resource-controller.actsHere" . }}
{{- $name := include "resource-controller.pluginsAccount" . }}
- name: kubernetes
  projected:
    # r--r-----
    defaultMode: 288
    sources:
      - configMap:
          name: {{ $name }}
      # The key is named so that the pod waits until the cluster has made the token.
      - secret:
          name: {{ $name }}-token
          items:
            - key: token
              path: token
{{- end }}
{{- with .root.Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
