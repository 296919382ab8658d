{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "resource-controller.manifests" -}}
{{- $me := dict "root" . "id" "resource-controller" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "resource-controller.rbac" $me }}
{{ include "heal8s-service.deployment" (merge (dict "ports" (list (dict "name" "http" "port" 8000)) "env" (include "resource-controller.env" $me)) $me) }}
{{- $ports := list (dict "name" "http" "port" .Values.service.port) }}
{{- if .Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .Values.metrics.port "target" "health") }}
{{- end }}
{{ include "heal8s-service.service" (merge (dict "type" .Values.service.type "annotations" .Values.service.annotations "ports" $ports) $me) }}
{{ include "heal8s-service.networkpolicy" (merge (dict "open" (list 8000)) $me) }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{- end -}}

{{/* Only what the values name, each in the namespace that it is for. */}}
{{- define "resource-controller.rbac" -}}
{{- $kubernetes := .root.Values.kubernetes -}}
{{- $name := include "heal8s-service.fullname" . -}}
{{- if .root.Values.rbac.create }}
{{- range $secrets := $kubernetes.secrets }}
{{ include "resource-controller.role" (merge (dict "name" (printf "%s-secrets" $name) "namespace" $secrets.namespace "rules" (list (dict "apiGroups" (list "") "resources" (list "secrets") "verbs" (list "get") "resourceNames" $secrets.names))) $) }}
{{- end }}
{{- $rules := list (dict "apiGroups" (list "") "resources" (list "configmaps") "verbs" (list "get" "create" "patch" "delete")) }}
{{- range $rule := $kubernetes.apply.rules }}
{{- $rules = append $rules (merge (dict "verbs" (list "get" "create" "patch" "delete")) $rule) }}
{{- end }}
{{- range $namespace := $kubernetes.apply.namespaces }}
{{ include "resource-controller.role" (merge (dict "name" (printf "%s-apply" $name) "namespace" $namespace "rules" $rules) $) }}
{{- end }}
{{- with $kubernetes.input }}
{{- if .namespace }}
{{- $kinds := list }}
{{- range $type := .types }}
{{- $kinds = append $kinds (printf "%ss" (lower (first (splitList "/" $type)))) }}
{{- end }}
{{- $states := list }}
{{- range $kind := $kinds }}
{{- $states = append $states (printf "%s/status" $kind) }}
{{- end }}
{{- $group := list "resources.heal8s.io" }}
{{ include "resource-controller.role" (merge (dict "name" (printf "%s-input" $name) "namespace" .namespace "rules" (list (dict "apiGroups" $group "resources" (uniq $kinds) "verbs" (list "get" "list" "patch")) (dict "apiGroups" $group "resources" (uniq $states) "verbs" (list "patch")))) $) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A Role of that name, namespace and rules, for the account of the service. */}}
{{- define "resource-controller.role" -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
rules:
  {{- toYaml .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "heal8s-service.account" . }}
    namespace: {{ include "heal8s-service.namespace" (dict "root" .root "id" .id) }}
{{- end -}}

{{- define "resource-controller.env" -}}
{{- $values := .root.Values -}}
{{- $secret := required "existingSecret is empty: name a Secret with DB_PASSWORD, JWT_SECRET_KEY and INITIAL_ADMIN_PASSWORD" $values.existingSecret -}}
- name: DB_HOST
  value: {{ required "database.host is empty: name the host of a PostgreSQL" $values.database.host | quote }}
- name: DB_PORT
  value: {{ $values.database.port | quote }}
- name: DB_NAME
  value: {{ $values.database.name | quote }}
- name: DB_USER
  value: {{ $values.database.user | quote }}
- name: AUTH
  value: {{ $values.auth | quote }}
- name: DATA_DIR
  value: /tmp/heal8s
- name: GITHUB_API_URL
  value: {{ $values.githubApiUrl | quote }}
- name: DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: DB_PASSWORD
{{- if eq $values.auth "jwt" }}
{{- range $key := list "JWT_SECRET_KEY" "INITIAL_ADMIN_PASSWORD" }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- range $key := list "GITHUB_TOKEN" "LDAP_BIND_PASSWORD" "SLACK_WEBHOOK_URL" "SMTP_PASSWORD" "VAULT_TOKEN" }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
      optional: true
{{- end }}
{{- $settings := dict }}
{{- if $values.kubernetes.apply.namespaces }}
{{- $_ := set $settings "ENABLED_ACTION_PLUGINS" "github_actions,gitlab_pipelines,http,kubernetes" }}
{{- end }}
{{- with $values.kubernetes.input }}
{{- if .namespace }}
{{- $_ := set $settings "ENABLED_INPUT_PLUGINS" "git,http,http_polling,kubernetes,rabbitmq,sqs" }}
{{- $_ := set $settings "PLUGIN_CONFIGS" (toJson (dict "kubernetes" (dict "namespace" .namespace "types" (join "," .types)))) }}
{{- end }}
{{- end }}
{{- range $name, $value := mergeOverwrite $settings $values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}
