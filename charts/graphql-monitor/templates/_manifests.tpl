{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "graphql-monitor.manifests" -}}
{{- $me := dict "root" . "id" "graphql-monitor" -}}
{{- include "graphql-monitor.formerValues" . -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "graphql-monitor.rbac" $me }}
{{ include "graphql-monitor.secret" $me }}
{{ include "graphql-monitor.deployment" $me }}
{{ include "graphql-monitor.service" $me }}
{{ include "graphql-monitor.networkpolicy" $me }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{ include "graphql-monitor.dashboard" $me }}
{{ include "graphql-monitor.alerts" $me }}
{{- end -}}

{{/* What the original's chart had in config and this one has elsewhere; there it wins where it is not the default. */}}
{{- define "graphql-monitor.formerValues" -}}
{{- $values := .Values }}
{{- if and $values.config.metricsPort (eq (int $values.metrics.port) 8080) }}
{{- $_ := set $values.metrics "port" (int $values.config.metricsPort) }}
{{- end }}
{{- if and $values.config.healthPort (eq (int $values.health.port) 8081) }}
{{- $_ := set $values.health "port" (int $values.config.healthPort) }}
{{- end }}
{{- if eq (toString $values.config.metricsEnabled) "false" }}
{{- $_ := set $values.metrics "enabled" false }}
{{- end }}
{{- end -}}

{{- define "graphql-monitor.rbac" -}}
{{- $rules := dict "namespaced" (include "graphql-monitor.namespacedRules" .) "cluster" (include "graphql-monitor.clusterRules" .) "own" (include "graphql-monitor.ownRules" .) }}
{{- include "heal8s-service.rbac" (merge $rules .) }}
{{- end -}}

{{- define "graphql-monitor.namespacedRules" -}}
# The patch takes the original's finalizer off; the admission policies refuse everything else.
- apiGroups: [operator.kco.local]
  resources: [targetapps]
  verbs: [get, list, watch, patch]
- apiGroups: [operator.kco.local]
  resources: [targetapps/status]
  verbs: [patch]
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations]
  {{- /* Only for the GraphQL interface; what polls reads none. */}}
  verbs: [create{{ if .root.Values.api.enabled }}, list{{ end }}]
# Where the applications are.
- apiGroups: [""]
  resources: [pods, services]
  verbs: [get, list, watch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- define "graphql-monitor.clusterRules" -}}
{{- $api := .root.Values.api -}}
{{- if and $api.enabled (has "token-review" $api.auth.modes) -}}
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
{{- end -}}
{{- end -}}

{{/* One Lease for each replica, by which they share the work. The admission policies bind the names. */}}
{{- define "graphql-monitor.ownRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [get, list, watch, create, update, delete]
{{- end -}}

{{/* Whether callers of the GraphQL interface show a token that a Secret holds. */}}
{{- define "graphql-monitor.usesSecret" -}}
{{- $api := .root.Values.api -}}
{{- if and $api.enabled (has "bearer" $api.auth.modes) }}true{{ end -}}
{{- end -}}

{{- define "graphql-monitor.secretName" -}}
{{ .root.Values.api.auth.existingSecret | default (printf "%s-api" (include "heal8s-service.fullname" .)) }}
{{- end -}}

{{- define "graphql-monitor.secret" -}}
{{- if and (include "graphql-monitor.usesSecret" .) (not .root.Values.api.auth.existingSecret) }}
{{- $name := include "graphql-monitor.secretName" . }}
{{- $data := (lookup "v1" "Secret" (include "heal8s-service.namespace" .) $name).data | default dict }}
---
apiVersion: v1
kind: Secret
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" $name "annotations" (dict "helm.sh/resource-policy" "keep")) .) | nindent 2 }}
type: Opaque
data:
  token: {{ $data.token | default (randAlphaNum 43 | b64enc) }}
  {{- with $data.previous }}
  previous: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Metrics and the GraphQL interface, as JSON: one port if they have the same number. */}}
{{- define "graphql-monitor.ports" -}}
{{- $values := .root.Values }}
{{- $ports := list }}
{{- if $values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" $values.metrics.port) }}
{{- end }}
{{- if and $values.api.enabled (not (and $values.metrics.enabled (eq (int $values.api.port) (int $values.metrics.port)))) }}
{{- $ports = append $ports (dict "name" "api" "port" $values.api.port) }}
{{- end }}
{{- toJson $ports }}
{{- end -}}

{{- define "graphql-monitor.deployment" -}}
{{- $ports := include "graphql-monitor.ports" . | fromJsonArray }}
{{- include "heal8s-service.deployment" (merge (dict "ports" $ports "env" (include "graphql-monitor.env" .) "mounts" (include "graphql-monitor.mounts" .) "volumes" (include "graphql-monitor.volumes" .)) .) }}
{{- end -}}

{{- define "graphql-monitor.mounts" -}}
{{- if include "graphql-monitor.usesSecret" . }}
- name: api
  mountPath: /etc/heal8s/api
  readOnly: true
{{- end }}
{{- end -}}

{{- define "graphql-monitor.volumes" -}}
{{- if include "graphql-monitor.usesSecret" . }}
- name: api
  secret:
    secretName: {{ include "graphql-monitor.secretName" . }}
    # r--r-----
    defaultMode: 288
{{- end }}
{{- end -}}

{{- define "graphql-monitor.apiEnv" -}}
{{- $api := .root.Values.api -}}
{{- if $api.enabled }}
{{- if and (has "token-review" $api.auth.modes) (not $api.auth.tokenReview.users) }}
{{- fail "api.auth.modes has token-review, but api.auth.tokenReview.users is empty: list who may call, such as system:serviceaccount:portal:portal" }}
{{- end }}
{{- if and (has "token-review" $api.auth.modes) .root.Values.rbac.namespaces }}
{{- fail "api.auth.modes has token-review, which needs a ClusterRole, but rbac.namespaces allows none: use bearer" }}
{{- end }}
- name: KCO_GRAPHQL_API_ENABLED
  value: "true"
- name: HEAL8S_GRAPHQL_API_PORT
  value: {{ $api.port | quote }}
- name: HEAL8S_GRAPHQL_API_HISTORY
  value: {{ $api.history | quote }}
- name: HEAL8S_GRAPHQL_API_AUTH_MODES
  value: {{ join "," $api.auth.modes | quote }}
{{- if has "bearer" $api.auth.modes }}
- name: HEAL8S_GRAPHQL_API_AUTH_BEARER_TOKENFILES
  value: /etc/heal8s/api/token,/etc/heal8s/api/previous
{{- end }}
{{- if has "token-review" $api.auth.modes }}
- name: HEAL8S_GRAPHQL_API_AUTH_TOKENREVIEW_AUDIENCES
  value: {{ join "," $api.auth.tokenReview.audiences | quote }}
- name: HEAL8S_GRAPHQL_API_AUTH_TOKENREVIEW_USERS
  value: {{ join "," $api.auth.tokenReview.users | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "graphql-monitor.env" -}}
{{- $names := dict "logLevel" "LOG_LEVEL" "logFormat" "LOG_FORMAT" "rateLimitRequests" "RATE_LIMIT_REQUESTS" "graphqlTimeout" "GRAPHQL_TIMEOUT" "graphqlMaxRetries" "GRAPHQL_MAX_RETRIES" "defaultPollingInterval" "DEFAULT_POLLING_INTERVAL" "actionExecutionTimeout" "ACTION_EXECUTION_TIMEOUT" -}}
- name: KCO_METRICS_ENABLED
  value: {{ .root.Values.metrics.enabled | quote }}
- name: KCO_METRICS_PORT
  value: {{ .root.Values.metrics.port | quote }}
{{- range $key, $name := $names }}
{{- with get $.root.Values.config $key | toString }}
- name: KCO_{{ $name }}
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- $endpoints := .root.Values.endpoints }}
- name: HEAL8S_GRAPHQL_SCHEMES
  value: {{ join "," $endpoints.schemes | quote }}
{{- with $endpoints.allowedCidrs }}
- name: HEAL8S_GRAPHQL_ALLOWEDCIDRS
  value: {{ join "," . | quote }}
{{- end }}
{{- with $endpoints.ports }}
- name: HEAL8S_GRAPHQL_PORTS
  value: {{ join "," . | quote }}
{{- end }}
- name: HEAL8S_GRAPHQL_MAXBODY
  value: {{ $endpoints.maxBody | quote }}
- name: HEAL8S_GRAPHQL_MAXDEPTH
  value: {{ $endpoints.maxDepth | quote }}
{{- with .root.Values.rbac.namespaces }}
- name: HEAL8S_GRAPHQL_NAMESPACES
  value: {{ join "," (uniq (append . (include "heal8s-service.namespace" $))) | quote }}
{{- end }}
{{- with include "graphql-monitor.apiEnv" . | trim }}
{{ . }}
{{- end }}
{{- end -}}

{{/* As the original had it: one Service with both ports. */}}
{{- define "graphql-monitor.service" -}}
{{- $values := .root.Values }}
{{- $ports := append (include "graphql-monitor.ports" . | fromJsonArray) (dict "name" "health" "port" $values.health.port) }}
{{- include "heal8s-service.service" (merge (dict "type" $values.service.type "annotations" $values.service.annotations "ports" $ports) .) }}
{{- end -}}

{{/* Applications listen on any port, so egress is bound only where the ports are named. */}}
{{- define "graphql-monitor.networkpolicy" -}}
{{- $policy := .root.Values.networkPolicy }}
{{- $values := .root.Values }}
{{- if and $policy.enabled $policy.callers (not $policy.scrapers) $values.api.enabled $values.metrics.enabled (eq (int $values.api.port) (int $values.metrics.port)) }}
{{- fail "networkPolicy.callers would bind nobody: api.port is metrics.port, which anybody may scrape. Set networkPolicy.scrapers too, or another api.port" }}
{{- end }}
{{- if and $policy.enabled (not $policy.egressPorts) }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "heal8s-service.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "heal8s-service.selector" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
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
    {{- if .root.Values.api.enabled }}
    - ports:
        - port: {{ .root.Values.api.port }}
          protocol: TCP
      {{- with $policy.callers }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
{{- else }}
{{- $open := ternary (list .root.Values.api.port) list .root.Values.api.enabled }}
{{- include "heal8s-service.networkpolicy" (merge (dict "open" $open) .) }}
{{- end }}
{{- end -}}

{{- define "graphql-monitor.dashboard" -}}
{{- if .root.Values.dashboard.enabled }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-dashboard" (include "heal8s-service.fullname" .)) "labels" .root.Values.dashboard.labels) .) | nindent 2 }}
data:
  heal8s-graphql-monitor.json: |
    {{- .root.Files.Get "dashboards/heal8s-graphql-monitor.json" | nindent 4 }}
{{- end }}
{{- end -}}

{{- define "graphql-monitor.alerts" -}}
{{- if .root.Values.prometheusRule.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "labels" .root.Values.prometheusRule.labels) .) | nindent 2 }}
spec:
  {{- .root.Files.Get "rules/graphql-monitor.yaml" | nindent 2 }}
{{- end }}
{{- end -}}
