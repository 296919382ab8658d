{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
Bind it to people, in the namespaces whose repairs they may approve. No service of heal8s holds it.
*/}}
{{- define "heal8s-crds.approver" -}}
{{- $name := "heal8s-approver" }}
{{- if and .Values.approverRole (include "heal8s-crds.mine" (dict "root" . "apiVersion" "rbac.authorization.k8s.io/v1" "kind" "ClusterRole" "name" $name)) }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ $name }}
  labels:
    {{- include "heal8s-crds.labels" . | nindent 4 }}
rules:
  - apiGroups: [k8shealer.k8s-healer.io]
    resources: [remediations]
    # An approval is an annotation, so it takes a patch; the verb approve is what makes it count.
    verbs: [get, list, watch, patch, approve]
{{- end }}
{{- end -}}
