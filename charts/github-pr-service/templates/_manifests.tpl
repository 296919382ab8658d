{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "github-pr-service.manifests" -}}
{{- $me := dict "root" . "id" "github-pr-service" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "github-pr-service.rbac" $me }}
{{ include "github-pr-service.deployment" $me }}
{{- if .Values.webhook.enabled }}
{{ include "heal8s-service.service" (merge (dict "type" .Values.webhook.service.type "annotations" .Values.webhook.service.annotations "ports" (list (dict "name" "webhook" "port" .Values.webhook.service.port))) $me) }}
{{- end }}
{{- if .Values.metrics.enabled }}
{{ include "heal8s-service.metricsservice" $me }}
{{- end }}
{{ include "heal8s-service.networkpolicy" (merge (dict "open" (ternary (list .Values.webhook.port) (list) .Values.webhook.enabled) "egress" (list 22)) $me) }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{- end -}}

{{- define "github-pr-service.rbac" -}}
{{- $rules := dict "namespaced" (include "github-pr-service.namespacedRules" .) "own" (include "heal8s-service.leaseRules" (dict "lease" "heal8s-github-pr-service")) }}
{{- include "heal8s-service.rbac" (merge $rules .) }}
{{- end -}}

{{- define "github-pr-service.namespacedRules" -}}
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations]
  verbs: [get, list, watch]
# Its own fields and conditions; the admission policies refuse everything else.
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations/status]
  verbs: [patch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- define "github-pr-service.deployment" -}}
{{- $ports := list }}
{{- if .root.Values.webhook.enabled }}
{{- $ports = append $ports (dict "name" "webhook" "port" .root.Values.webhook.port) }}
{{- end }}
{{- if .root.Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .root.Values.metrics.port) }}
{{- end }}
{{- include "heal8s-service.deployment" (merge (dict "ports" $ports "env" (include "github-pr-service.env" .) "mounts" (include "github-pr-service.mounts" .) "volumes" (include "github-pr-service.volumes" .)) .) }}
{{- end -}}

{{- define "github-pr-service.env" -}}
{{- with .root.Values.github.apiUrl }}
- name: HEAL8S_PR_GITHUB_APIURL
  value: {{ . | quote }}
{{- end }}
{{- with .root.Values.github.allowedCidrs }}
- name: HEAL8S_PR_GITHUB_ALLOWEDCIDRS
  value: {{ join "," . | quote }}
{{- end }}
- name: HEAL8S_PR_GIT_SCHEMES
  value: {{ join "," .root.Values.git.schemes | quote }}
- name: K8S_NAMESPACE
  {{- /* The suite's own as well: Remediations are made and worked on there too. */}}
  {{- $namespaces := list }}
  {{- with .root.Values.rbac.namespaces }}
  {{- $namespaces = uniq (append . (include "heal8s-service.namespace" $)) }}
  {{- end }}
  value: {{ join "," $namespaces | quote }}
- name: POLL_INTERVAL
  value: {{ .root.Values.pollInterval | quote }}
- name: HEAL8S_LEADERELECTION_ENABLED
  value: {{ .root.Values.leaderElection.enabled | quote }}
{{- if .root.Values.metrics.enabled }}
- name: HEAL8S_PR_METRICSPORT
  value: {{ .root.Values.metrics.port | quote }}
{{- end }}
{{- if .root.Values.webhook.enabled }}
- name: HEAL8S_PR_WEBHOOK_ENABLED
  value: "true"
- name: HEAL8S_PR_WEBHOOK_PORT
  value: {{ .root.Values.webhook.port | quote }}
- name: HEAL8S_PR_WEBHOOK_KEYFILES
  value: /etc/heal8s/webhook/hmac
{{- end }}
{{- end -}}

{{- define "github-pr-service.mounts" -}}
- name: work
  mountPath: /var/cache/heal8s
{{- range .root.Values.credentials }}
- name: credentials-{{ .name }}
  mountPath: /etc/heal8s/credentials/{{ .name }}
  readOnly: true
{{- end }}
{{- if .root.Values.webhook.enabled }}
- name: webhook
  mountPath: /etc/heal8s/webhook
  readOnly: true
{{- end }}
{{- end -}}

{{- define "github-pr-service.volumes" -}}
- name: work
  emptyDir:
    sizeLimit: {{ .root.Values.workSize }}
{{- range .root.Values.credentials }}
- name: credentials-{{ .name }}
  secret:
    secretName: {{ required "credentials[].secret is missing: name the Secret" .secret }}
    # r--r-----
    defaultMode: 288
{{- end }}
{{- if .root.Values.webhook.enabled }}
- name: webhook
  secret:
    secretName: {{ required "webhook.existingSecret is empty: name the Secret whose key hmac is the secret of the webhook at GitHub" .root.Values.webhook.existingSecret }}
    # r--r-----
    defaultMode: 288
{{- end }}
{{- end -}}
