{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "alert-gateway.manifests" -}}
{{- $me := dict "root" . "id" "alert-gateway" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "alert-gateway.rbac" $me }}
{{ include "alert-gateway.secret" $me }}
{{ include "alert-gateway.deployment" $me }}
{{ include "alert-gateway.services" $me }}
{{ include "heal8s-service.networkpolicy" (merge (dict "open" (list .Values.webhook.port)) $me) }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{ include "alert-gateway.sampleRules" $me }}
{{ include "alert-gateway.selfRules" $me }}
{{ include "alert-gateway.dashboard" $me }}
{{- end -}}

{{- define "alert-gateway.secretName" -}}
{{ .root.Values.webhook.auth.existingSecret | default (printf "%s-webhook" (include "heal8s-service.fullname" .)) }}
{{- end -}}

{{- define "alert-gateway.usesSecret" -}}
{{- $modes := .root.Values.webhook.auth.modes -}}
{{- if or (has "bearer" $modes) (has "hmac" $modes) }}true{{ end -}}
{{- end -}}

{{- define "alert-gateway.rbac" -}}
{{- $namespaced := include "alert-gateway.namespacedRules" . }}
{{- $cluster := include "alert-gateway.clusterRules" . }}
{{- include "heal8s-service.rbac" (merge (dict "namespaced" $namespaced "cluster" $cluster) .) }}
{{- end -}}

{{- define "alert-gateway.namespacedRules" -}}
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations]
  verbs: [get, list, watch, create]
# Its condition AlertResolved; the admission policies refuse everything else.
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations/status]
  verbs: [patch]
- apiGroups: [heal8s.io]
  resources: [remediationpolicies]
  verbs: [get, list, watch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- define "alert-gateway.clusterRules" -}}
{{- if has "token-review" .root.Values.webhook.auth.modes -}}
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
{{- end -}}
{{- end -}}

{{- define "alert-gateway.secret" -}}
{{- if and (include "alert-gateway.usesSecret" .) (not .root.Values.webhook.auth.existingSecret) }}
{{- $name := include "alert-gateway.secretName" . }}
{{- $data := (lookup "v1" "Secret" (include "heal8s-service.namespace" .) $name).data | default dict }}
---
apiVersion: v1
kind: Secret
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" $name "annotations" (dict "helm.sh/resource-policy" "keep")) .) | nindent 2 }}
type: Opaque
data:
  {{- range $key := list "token" "hmac" }}
  {{- if has (get (dict "token" "bearer" "hmac" "hmac") $key) $.root.Values.webhook.auth.modes }}
  {{ $key }}: {{ get $data $key | default (randAlphaNum 43 | b64enc) }}
  {{- end }}
  {{- end }}
  {{- with get $data "previous" }}
  previous: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "alert-gateway.deployment" -}}
{{- $webhook := .root.Values.webhook }}
{{- $ports := list (dict "name" "webhook" "port" $webhook.port) }}
{{- if .root.Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .root.Values.metrics.port) }}
{{- end }}
{{- include "heal8s-service.deployment" (merge (dict "ports" $ports "env" (include "alert-gateway.env" .) "mounts" (include "alert-gateway.mounts" .) "volumes" (include "alert-gateway.volumes" .)) .) }}
{{- end -}}

{{- define "alert-gateway.env" -}}
{{- $webhook := .root.Values.webhook -}}
{{- $auth := $webhook.auth -}}
- name: SERVER_PORT
  value: {{ $webhook.port | quote }}
- name: HEAL8S_GATEWAY_METRICSPORT
  value: {{ ternary .root.Values.metrics.port -1 .root.Values.metrics.enabled | quote }}
- name: HEAL8S_GATEWAY_MAXBODY
  value: {{ $webhook.maxBody | quote }}
{{- with .root.Values.rbac.namespaces }}
- name: HEAL8S_GATEWAY_NAMESPACES
  value: {{ join "," (uniq (append . (include "heal8s-service.namespace" $))) | quote }}
{{- end }}
- name: HEAL8S_GATEWAY_AUTH_MODES
  value: {{ join "," $auth.modes | quote }}
{{- if has "bearer" $auth.modes }}
- name: HEAL8S_GATEWAY_AUTH_BEARER_TOKENFILES
  value: /etc/heal8s/webhook/token,/etc/heal8s/webhook/previous
{{- end }}
{{- if has "hmac" $auth.modes }}
- name: HEAL8S_GATEWAY_AUTH_HMAC_KEYFILES
  value: /etc/heal8s/webhook/hmac
- name: HEAL8S_GATEWAY_AUTH_HMAC_STYLE
  value: {{ $auth.hmac.style | quote }}
{{- if eq $auth.hmac.style "grafana" }}
- name: HEAL8S_GATEWAY_AUTH_HMAC_TIMESTAMPHEADER
  value: {{ $auth.hmac.timestampHeader | quote }}
{{- end }}
- name: HEAL8S_GATEWAY_AUTH_HMAC_WINDOW
  value: {{ $auth.hmac.window | quote }}
{{- end }}
{{- if has "token-review" $auth.modes }}
- name: HEAL8S_GATEWAY_AUTH_TOKENREVIEW_AUDIENCES
  value: {{ join "," $auth.tokenReview.audiences | quote }}
- name: HEAL8S_GATEWAY_AUTH_TOKENREVIEW_USERS
  value: {{ join "," $auth.tokenReview.users | quote }}
{{- end }}
{{- if has "mtls" $auth.modes }}
{{- range $i, $subject := $auth.mtls.subjects }}
- name: HEAL8S_GATEWAY_AUTH_MTLS_SUBJECTS_{{ $i }}
  value: {{ $subject | quote }}
{{- end }}
{{- end }}
{{- if $webhook.tls.secret }}
- name: SERVER_SSL_CERTIFICATE
  value: /etc/heal8s/tls/tls.crt
- name: SERVER_SSL_CERTIFICATEPRIVATEKEY
  value: /etc/heal8s/tls/tls.key
{{- if has "mtls" $auth.modes }}
- name: SERVER_SSL_TRUSTCERTIFICATE
  value: /etc/heal8s/tls/ca.crt
- name: SERVER_SSL_CLIENTAUTH
  value: {{ ternary "need" "want" (eq (len $auth.modes) 1) }}
{{- end }}
{{- else if has "mtls" $auth.modes }}
{{- fail "webhook.auth.modes has mtls, but webhook.tls.secret is empty: name a Secret with tls.crt, tls.key and ca.crt" }}
{{- end }}
{{- end -}}

{{- define "alert-gateway.mounts" -}}
{{- if include "alert-gateway.usesSecret" . }}
- name: webhook
  mountPath: /etc/heal8s/webhook
  readOnly: true
{{- end }}
{{- if .root.Values.webhook.tls.secret }}
- name: tls
  mountPath: /etc/heal8s/tls
  readOnly: true
{{- end }}
{{- end -}}

{{- define "alert-gateway.volumes" -}}
{{- if include "alert-gateway.usesSecret" . }}
- name: webhook
  secret:
    secretName: {{ include "alert-gateway.secretName" . }}
    # r--r-----
    defaultMode: 288
{{- end }}
{{- if .root.Values.webhook.tls.secret }}
- name: tls
  secret:
    secretName: {{ .root.Values.webhook.tls.secret }}
    # r--r-----
    defaultMode: 288
{{- end }}
{{- end -}}

{{- define "alert-gateway.services" -}}
{{- $service := .root.Values.webhook.service }}
{{- include "heal8s-service.service" (merge (dict "type" $service.type "annotations" $service.annotations "ports" (list (dict "name" "webhook" "port" $service.port))) .) }}
{{- if .root.Values.metrics.enabled }}
{{ include "heal8s-service.metricsservice" . }}
{{- end }}
{{- end -}}
