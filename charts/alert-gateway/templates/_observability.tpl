{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* The alerts that the built-in routes answer to, and two that only warn people. */}}
{{- define "alert-gateway.sampleRules" -}}
{{- if .root.Values.sampleRules.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-sample" (include "heal8s-service.fullname" .)) "labels" .root.Values.sampleRules.labels) .) | nindent 2 }}
spec:
  {{- .root.Files.Get "rules/workloads.yaml" | nindent 2 }}
{{- end }}
{{- end -}}

{{/* How heal8s itself is doing. */}}
{{- define "alert-gateway.selfRules" -}}
{{- if .root.Values.prometheusRule.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "labels" .root.Values.prometheusRule.labels) .) | nindent 2 }}
spec:
  {{- .root.Files.Get "rules/heal8s.yaml" | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "alert-gateway.dashboard" -}}
{{- if .root.Values.dashboard.enabled }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-dashboard" (include "heal8s-service.fullname" .)) "labels" .root.Values.dashboard.labels) .) | nindent 2 }}
data:
  heal8s.json: |
    {{- .root.Files.Get "dashboards/heal8s.json" | nindent 4 }}
{{- end }}
{{- end -}}
