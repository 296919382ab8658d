{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "remediation-operator.manifests" -}}
{{- $me := dict "root" . "id" "remediation-operator" -}}
{{ include "heal8s-service.serviceaccount" $me }}
{{ include "remediation-operator.rbac" $me }}
{{ include "remediation-operator.deployment" $me }}
{{- if .Values.metrics.enabled }}
{{ include "heal8s-service.metricsservice" $me }}
{{- end }}
{{ include "heal8s-service.networkpolicy" (merge (dict "egress" .Values.webhooks.ports "inCluster" .Values.webhooks.inCluster) $me) }}
{{ include "heal8s-service.disruptionbudget" $me }}
{{ include "heal8s-service.servicemonitor" $me }}
{{- end -}}

{{- define "remediation-operator.rbac" -}}
{{- $rules := dict "namespaced" (include "remediation-operator.namespacedRules" .) "cluster" (include "remediation-operator.clusterRules" .) "own" (include "heal8s-service.leaseRules" (dict "lease" "heal8s.k8s-healer.io")) }}
{{- include "heal8s-service.rbac" (merge $rules .) }}
{{- end -}}

{{- define "remediation-operator.namespacedRules" -}}
# The label heal8s.io/cause; the admission policies refuse everything else.
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations]
  verbs: [get, list, watch, patch]
- apiGroups: [k8shealer.k8s-healer.io]
  resources: [remediations/status]
  verbs: [patch]
- apiGroups: [heal8s.io]
  resources: [remediationpolicies]
  verbs: [get, list, watch]
- apiGroups: [heal8s.io]
  resources: [remediationpolicies/status]
  verbs: [patch]
# The workloads that it repairs.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, patch]
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, patch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, patch]
# From a pod to what owns it, and back to the image before; read on demand, never watched.
- apiGroups: [apps]
  resources: [replicasets, controllerrevisions]
  verbs: [get, list]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
# RestartPods; the API server asks the disruption budgets.
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
# CallWebhook, for the Services of the target's own namespace.
- apiGroups: [""]
  resources: [services]
  verbs: [get]
# Where a detector's Remediation says that its arguments are.
- apiGroups: [operator.kco.local]
  resources: [targetapps]
  verbs: [get]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- define "remediation-operator.clusterRules" -}}
# Whether approvals are guarded.
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingadmissionpolicies, validatingadmissionpolicybindings]
  verbs: [get]
  resourceNames: [heal8s-approval]
# The cluster's own id.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
  resourceNames: [kube-system]
{{- end -}}

{{- define "remediation-operator.deployment" -}}
{{- $ports := list }}
{{- if .root.Values.metrics.enabled }}
{{- $ports = append $ports (dict "name" "metrics" "port" .root.Values.metrics.port) }}
{{- end }}
{{- /* The flags of the first release's operator, which its users may know. */}}
{{- $metrics := ternary (printf ":%v" .root.Values.metrics.port) "0" .root.Values.metrics.enabled }}
{{- $args := list (printf "--leader-elect=%v" .root.Values.leaderElection.enabled) (printf "--metrics-bind-address=%s" $metrics) }}
{{- include "heal8s-service.deployment" (merge (dict "ports" $ports "args" $args "env" (include "remediation-operator.env" .)) .) }}
{{- end -}}

{{- define "remediation-operator.env" -}}
{{- with .root.Values.rbac.namespaces }}
- name: HEAL8S_OPERATOR_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .root.Values.webhooks.schemes }}
- name: HEAL8S_OPERATOR_WEBHOOKS_SCHEMES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .root.Values.webhooks.ports }}
- name: HEAL8S_OPERATOR_WEBHOOKS_PORTS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .root.Values.webhooks.allowedCidrs }}
- name: HEAL8S_OPERATOR_WEBHOOKS_ALLOWEDCIDRS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .root.Values.clusterName }}
- name: HEAL8S_OPERATOR_CLUSTERNAME
  value: {{ . | quote }}
{{- end }}
{{- end -}}
