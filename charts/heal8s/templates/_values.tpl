{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{/* What this chart says to every service, as YAML; what is null or empty is not said. */}}
{{- define "heal8s.toAll" -}}
{{- $said := dict "rbac" .Values.rbac "metrics" .Values.metrics "health" .Values.health "tracing" .Values.tracing }}
{{- range $key := list "namespaceOverride" "commonLabels" "commonAnnotations" "nodeSelector" "tolerations" "affinity" "podSecurityContext" "securityContext" }}
{{- with get $.Values $key }}
{{- $_ := set $said $key . }}
{{- end }}
{{- end }}
{{- toYaml $said }}
{{- end -}}

{{- define "heal8s.toOperator" -}}
{{- $said := dict "leaderElection" .Values.leaderElection "serviceAccount" .Values.serviceAccount }}
{{- with .Values.resources }}
{{- $_ := set $said "resources" . }}
{{- end }}
{{- if not (kindIs "invalid" .Values.replicaCount) }}
{{- $_ := set $said "replicaCount" .Values.replicaCount }}
{{- end }}
{{- toYaml $said }}
{{- end -}}

{{- define "heal8s.toGateway" -}}
{{- toYaml (dict "webhook" (dict "port" .Values.webhook.port "service" (omit .Values.webhook.service "formerName"))) }}
{{- end -}}

{{/*
The context of a service's chart with the values above laid over its own: root, sub (the context that
helm made) and over (YAML).
*/}}
{{- define "heal8s.values" -}}
{{- $values := fromYaml (toYaml .sub.Values) }}
{{- toYaml (mergeOverwrite $values (fromYaml (include "heal8s.toAll" .root)) (fromYaml .over)) }}
{{- end -}}

{{/* The admission policies must know the accounts under the names that the services really get. */}}
{{- define "heal8s.toCrds" -}}
{{- $accounts := dict "operator" .Values.serviceAccount.name }}
{{- with .Values.namespaceOverride }}
{{- $_ := set $accounts "namespace" . }}
{{- end }}
{{- with .Subcharts.gateway }}
{{- $_ := set $accounts "gateway" .Values.serviceAccount.name }}
{{- end }}
{{- with .Subcharts.prService }}
{{- $_ := set $accounts "prService" .Values.serviceAccount.name }}
{{- end }}
{{- with .Subcharts.monitor }}
{{- $_ := set $accounts "monitor" .Values.serviceAccount.name }}
{{- end }}
{{- toYaml (dict "serviceAccounts" $accounts) }}
{{- end -}}
