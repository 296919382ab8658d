{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "resource-controller.manifests" -}}
{{- $me := dict "root" . "id" "resource-controller" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "resource-controller.kubernetesAccount" $me }}
{{ include "resource-controller.rbac" $me }}
{{ include "heal8s-service.deployment" (merge (dict "ports" (list (dict "name" "http" "port" 8000)) "env" (include "resource-controller.env" $me) "mounts" (include "resource-controller.mounts" $me) "volumes" (include "resource-controller.volumes" $me)) $me) }}
{{- $ports := list (dict "name" "http" "port" .Values.service.port) }}
{{- if .Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .Values.metrics.port "target" "health") }}
{{- end }}
{{ include "heal8s-service.service" (merge (dict "type" .Values.service.type "annotations" .Values.service.annotations "ports" $ports) $me) }}
{{ include "heal8s-service.networkpolicy" (merge (dict "open" (list 8000) "egress" (include "resource-controller.egress" $me | fromJsonArray)) $me) }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{- end -}}

{{/* Only what the values name, each in the namespace that it is for. */}}
{{- define "resource-controller.rbac" -}}
{{- $kubernetes := .root.Values.kubernetes -}}
{{- $name := include "heal8s-service.fullname" . -}}
{{- $plugins := include "resource-controller.pluginsAccount" . -}}
{{- if .root.Values.rbac.create }}
{{- $secrets := dict }}
{{- range $kubernetes.secrets }}
{{- $_ := set $secrets .namespace (concat (get $secrets .namespace | default list) .names | uniq) }}
{{- end }}
{{- range $namespace, $names := $secrets }}
{{ include "resource-controller.role" (merge (dict "account" (include "heal8s-service.account" $) "name" (printf "%s-secrets" $name) "namespace" $namespace "rules" (list (dict "apiGroups" (list "") "resources" (list "secrets") "verbs" (list "get") "resourceNames" $names))) $) }}
{{- end }}
{{- $rules := list (dict "apiGroups" (list "") "resources" (list "configmaps") "verbs" (list "get" "create" "patch" "delete")) }}
{{- range $rule := $kubernetes.apply.rules }}
{{- $rules = append $rules (merge (dict "verbs" (list "get" "create" "patch" "delete")) $rule) }}
{{- end }}
{{- range $namespace := $kubernetes.apply.namespaces }}
{{ include "resource-controller.role" (merge (dict "account" $plugins "name" (printf "%s-apply" $name) "namespace" $namespace "rules" $rules) $) }}
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
{{ include "resource-controller.role" (merge (dict "account" $plugins "name" (printf "%s-input" $name) "namespace" .namespace "rules" (list (dict "apiGroups" $group "resources" (uniq $kinds) "verbs" (list "get" "list" "patch")) (dict "apiGroups" $group "resources" (uniq $states) "verbs" (list "patch")))) $) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A Role of that name, namespace and rules, for that account of the service's namespace. */}}
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
    name: {{ .account }}
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
{{- range $key := list "GITHUB_TOKEN" "GITLAB_TOKEN" "LDAP_BIND_PASSWORD" "SLACK_WEBHOOK_URL" "SMTP_PASSWORD" "VAULT_TOKEN" }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
      optional: true
{{- end }}
{{- with $values.github.app }}
{{- if .existingSecret }}
- name: GITHUB_APP_ID
  value: {{ include "resource-controller.number" (required "github.app.existingSecret is set, github.app.id is not" .id) | quote }}
- name: GITHUB_APP_INSTALLATION_ID
  value: {{ include "resource-controller.number" (required "github.app.existingSecret is set, github.app.installationId is not" .installationId) | quote }}
- name: GITHUB_APP_PRIVATE_KEY_FILE
  value: /etc/heal8s/github-app/private-key.pem
{{- end }}
{{- end }}
{{- $settings := dict }}
{{- $configs := include "resource-controller.pluginConfigs" . | fromJson }}
{{- if $values.kubernetes.apply.namespaces }}
{{- include "resource-controller.plugins" (dict "settings" $settings "given" $values.settings "name" "ENABLED_ACTION_PLUGINS" "all" "github_actions,gitlab_pipelines,http,kubernetes" "for" "kubernetes.apply") }}
{{- end }}
{{- with $values.kubernetes.input }}
{{- if .namespace }}
{{- include "resource-controller.plugins" (dict "settings" $settings "given" $values.settings "name" "ENABLED_INPUT_PLUGINS" "all" "git,http,http_polling,kubernetes,rabbitmq,sqs" "for" "kubernetes.input") }}
{{- $configs = mergeOverwrite (dict "kubernetes" (dict "namespace" .namespace "types" (join "," .types))) $configs }}
{{- end }}
{{- end }}
{{- if include "resource-controller.actsHere" . }}
{{- if hasKey ($configs.kubernetes | default dict) "kubeconfig" }}
{{- fail "kubernetes.apply and kubernetes.input give rights to an account of this cluster, and settings.PLUGIN_CONFIGS names a kubeconfig for the plugins kubernetes: leave one of them out" }}
{{- end }}
{{- $configs = mergeOverwrite (dict "kubernetes" (dict "kubeconfig" "/etc/heal8s/kubernetes/kubeconfig")) $configs }}
{{- $_ := set $settings "PLUGIN_CONFIGS" (toJson $configs) }}
{{- end }}
{{- range $name, $value := merge $settings $values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Sets the list of plugins with kubernetes in it; a list that is given must have it itself. */}}
{{- define "resource-controller.plugins" -}}
{{- $list := get .given .name | default "" -}}
{{- if $list }}
{{- if not (or (eq $list "all") (has "kubernetes" (splitList "," (nospace $list)))) }}
{{- fail (printf "%s is set, but settings.%s does not have the plugin kubernetes: add it" .for .name) }}
{{- end }}
{{- else if hasKey .given "PLUGIN_DIRECTORY" }}
{{- fail (printf "%s is set, and settings.PLUGIN_DIRECTORY: name all plugins in settings.%s, kubernetes among them" .for .name) }}
{{- else }}
{{- $_ := set .settings .name .all }}
{{- end }}
{{- end -}}

{{/* The settings of plugins as the values have them, as JSON. */}}
{{- define "resource-controller.pluginConfigs" -}}
{{- $configs := fromJson (get .root.Values.settings "PLUGIN_CONFIGS" | default "{}") }}
{{- if hasKey $configs "Error" }}
{{- fail (printf "settings.PLUGIN_CONFIGS is no JSON object: %s" $configs.Error) }}
{{- end }}
{{- toJson $configs }}
{{- end -}}

{{/* A number as it was written: YAML's own become 1.2e+06. */}}
{{- define "resource-controller.number" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ int64 . }}{{ end }}
{{- end -}}
