{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "resource-controller.manifests" -}}
{{- $me := dict "root" . "id" "resource-controller" -}}
{{ include "heal8s-service.serviceaccount" $me }}
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
{{- range $name, $value := $values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}
