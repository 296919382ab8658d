{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{/*
Whether an object is this release's to write: it does not exist, or this release has made it. So the
definitions may be installed by a release of their own, and again as a part of the umbrella chart.
*/}}
{{- define "heal8s-crds.mine" -}}
{{- $found := lookup .apiVersion .kind "" .name -}}
{{- if not $found -}}
true
{{- else -}}
{{- $annotations := $found.metadata.annotations | default dict -}}
{{- if and (eq (get $annotations "meta.helm.sh/release-name") .root.Release.Name) (eq (get $annotations "meta.helm.sh/release-namespace") .root.Release.Namespace) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "heal8s-crds.labels" -}}
app.kubernetes.io/name: heal8s-crds
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: heal8s
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "heal8s-crds.namespace" -}}
{{ .Values.serviceAccounts.namespace | default .Release.Namespace }}
{{- end -}}

{{/* The user name of a service account, as admission sees it. */}}
{{- define "heal8s-crds.user" -}}
system:serviceaccount:{{ include "heal8s-crds.namespace" .root }}:{{ .account }}
{{- end -}}

{{/* The binding of a policy that refuses. */}}
{{- define "heal8s-crds.binding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  labels:
    {{- include "heal8s-crds.labels" .root | nindent 4 }}
spec:
  policyName: {{ .name }}
  validationActions: [Deny]
{{- end -}}

{{- define "heal8s-crds.manifests" -}}
{{ include "heal8s-crds.definitions" . }}
{{ include "heal8s-crds.approval" . }}
{{ include "heal8s-crds.statusWriters" . }}
{{ include "heal8s-crds.specWriters" . }}
{{ include "heal8s-crds.origins" . }}
{{ include "heal8s-crds.targetApps" . }}
{{ include "heal8s-crds.approver" . }}
{{- end -}}
