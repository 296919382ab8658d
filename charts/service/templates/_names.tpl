{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
Every template of this chart takes one map: root (the context of the service's chart) and id (the
service's name, which does not change when the chart is used under an alias).
*/}}

{{- define "heal8s-service.base" -}}
{{- $root := .root -}}
{{- if $root.Values.fullnameOverride -}}
{{ $root.Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains "heal8s" $root.Release.Name -}}
{{ $root.Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-heal8s" $root.Release.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "heal8s-service.fullname" -}}
{{- if .root.Values.nameOverride -}}
{{ .root.Values.nameOverride | trunc 53 | trimSuffix "-" }}
{{- else -}}
{{ include "heal8s-service.base" . }}-{{ .id }}
{{- end -}}
{{- end -}}

{{- define "heal8s-service.namespace" -}}
{{ .root.Values.namespaceOverride | default .root.Release.Namespace }}
{{- end -}}

{{/* What a selector may hold: nothing that changes with a release. */}}
{{- define "heal8s-service.selector" -}}
app.kubernetes.io/name: {{ .id }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "heal8s-service.labels" -}}
{{ include "heal8s-service.selector" . }}
app.kubernetes.io/part-of: heal8s
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
metadata of an object; name, namespace, labels and annotations are those of the map, where it has
them, beside the usual ones.
*/}}
{{- define "heal8s-service.metadata" -}}
name: {{ .name | default (include "heal8s-service.fullname" .) }}
{{- if not .clusterWide }}
namespace: {{ .namespace | default (include "heal8s-service.namespace" .) }}
{{- end }}
labels:
  {{- include "heal8s-service.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with mergeOverwrite (dict) (.root.Values.commonAnnotations | default dict) (.annotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "heal8s-service.account" -}}
{{ .root.Values.serviceAccount.name | default (include "heal8s-service.fullname" .) }}
{{- end -}}

{{- define "heal8s-service.image" -}}
{{- $image := .root.Values.image -}}
{{ $image.repository }}{{ if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end -}}
