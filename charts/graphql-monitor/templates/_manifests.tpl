{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "graphql-monitor.manifests" -}}
{{- $me := dict "root" . "id" "graphql-monitor" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "graphql-monitor.rbac" $me }}
{{ include "graphql-monitor.deployment" $me }}
{{ include "graphql-monitor.service" $me }}
{{ include "graphql-monitor.networkpolicy" $me }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{ include "graphql-monitor.dashboard" $me }}
{{- end -}}

{{- define "graphql-monitor.rbac" -}}
{{- $rules := dict "namespaced" (include "graphql-monitor.namespacedRules" .) "own" (include "graphql-monitor.ownRules" .) }}
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
  verbs: [create]
# Where the applications are.
- apiGroups: [""]
  resources: [pods, services]
  verbs: [get, list, watch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{/* One Lease for each replica, by which they share the work. The admission policies bind the names. */}}
{{- define "graphql-monitor.ownRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [get, list, watch, create, update, delete]
{{- end -}}

{{- define "graphql-monitor.deployment" -}}
{{- $ports := list }}
{{- if .root.Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .root.Values.metrics.port) }}
{{- end }}
{{- include "heal8s-service.deployment" (merge (dict "ports" $ports "env" (include "graphql-monitor.env" .)) .) }}
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
{{- end -}}

{{/* As the original had it: one Service with both ports. */}}
{{- define "graphql-monitor.service" -}}
{{- $values := .root.Values }}
{{- $ports := list (dict "name" "health" "port" $values.health.port) }}
{{- if $values.metrics.enabled }}
{{- $ports = prepend $ports (dict "name" "metrics" "port" $values.metrics.port) }}
{{- end }}
{{- include "heal8s-service.service" (merge (dict "type" $values.service.type "annotations" $values.service.annotations "ports" $ports) .) }}
{{- end -}}

{{/* Applications listen on any port, so egress is bound only where the ports are named. */}}
{{- define "graphql-monitor.networkpolicy" -}}
{{- $policy := .root.Values.networkPolicy }}
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
{{- else }}
{{- include "heal8s-service.networkpolicy" . }}
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
