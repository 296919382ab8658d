{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "heal8s-service.serviceaccount" -}}
{{- $account := .root.Values.serviceAccount -}}
{{- if $account.create }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (include "heal8s-service.account" .) "annotations" $account.annotations) .) | nindent 2 }}
# The pod asks for its token itself, so that nobody else who uses the account gets one by accident.
automountServiceAccountToken: false
{{- end }}
{{- end -}}

{{/*
The rights of a service: namespaced (rules for what lives in namespaces), cluster (rules for what
does not, absent without a ClusterRole) and own (rules for the suite's own namespace).
*/}}
{{- define "heal8s-service.rbac" -}}
{{- if .root.Values.rbac.create }}
{{- $account := dict "kind" "ServiceAccount" "name" (include "heal8s-service.account" .) "namespace" (include "heal8s-service.namespace" .) }}
{{- $name := include "heal8s-service.fullname" . }}
{{- if .root.Values.rbac.namespaces }}
{{- /* The suite's own namespace holds the policy of the cluster. */}}
{{- range $namespace := uniq (append .root.Values.rbac.namespaces (include "heal8s-service.namespace" .)) }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "namespace" $namespace) $) | nindent 2 }}
rules:
  {{- $.namespaced | trim | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "namespace" $namespace) $) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $name }}
subjects:
  {{- toYaml (list $account) | nindent 2 }}
{{- end }}
{{- else }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "clusterWide" true) .) | nindent 2 }}
rules:
  {{- .namespaced | trim | nindent 2 }}
  {{- with .cluster }}
  {{- . | trim | nindent 2 }}
  {{- end }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "clusterWide" true) .) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ $name }}
subjects:
  {{- toYaml (list $account) | nindent 2 }}
{{- end }}
{{- with .own }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-own" $name)) $) | nindent 2 }}
rules:
  {{- . | trim | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "heal8s-service.metadata" (merge (dict "name" (printf "%s-own" $name)) $) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $name }}-own
subjects:
  {{- toYaml (list $account) | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}


{{/* One of several replicas works: the lease (its name) says which. A create cannot be bound to a name. */}}
{{- define "heal8s-service.leaseRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [get, update, patch]
  resourceNames: [{{ .lease }}]
{{- end -}}
