{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
A service never changes what was asked. The operator may write one label, the cause by which a
refusal is remembered; the others may write nothing of an object that exists.
*/}}
{{- define "heal8s-crds.specWriters" -}}
{{- $name := "heal8s-spec-writers" }}
{{- if and .Values.policies (include "heal8s-crds.mine" (dict "root" . "apiVersion" "admissionregistration.k8s.io/v1" "kind" "ValidatingAdmissionPolicy" "name" $name)) }}
{{- $operator := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.operator) }}
{{- $gateway := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.gateway) }}
{{- $prService := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.prService) }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ $name }}
  labels:
    {{- include "heal8s-crds.labels" . | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [k8shealer.k8s-healer.io]
        apiVersions: ["*"]
        operations: [UPDATE]
        resources: [remediations]
  matchConditions:
    - name: a-service-of-heal8s
      expression: >-
        request.userInfo.username in [{{ squote $operator }}, {{ squote $gateway }}, {{ squote $prService }}]
  variables:
    - name: labelsNow
      expression: "has(object.metadata.labels) ? object.metadata.labels : {}"
    - name: labelsBefore
      expression: "has(oldObject.metadata.labels) ? oldObject.metadata.labels : {}"
    - name: labels
      expression: >-
        variables.labelsNow.map(k, k).filter(k, !(k in variables.labelsBefore && variables.labelsBefore[k] == variables.labelsNow[k])) +
        variables.labelsBefore.map(k, k).filter(k, !(k in variables.labelsNow))
  validations:
    - expression: object.spec == oldObject.spec
      message: a service of heal8s does not change spec
      reason: Forbidden
    - expression: >-
        (has(object.metadata.annotations) ? object.metadata.annotations : {}) ==
        (has(oldObject.metadata.annotations) ? oldObject.metadata.annotations : {})
      message: a service of heal8s does not change annotations
      reason: Forbidden
    - expression: >-
        (has(object.metadata.finalizers) ? object.metadata.finalizers : []) ==
        (has(oldObject.metadata.finalizers) ? oldObject.metadata.finalizers : []) &&
        (has(object.metadata.ownerReferences) ? object.metadata.ownerReferences : []) ==
        (has(oldObject.metadata.ownerReferences) ? oldObject.metadata.ownerReferences : [])
      message: a service of heal8s does not change finalizers or owners
      reason: Forbidden
    - expression: >-
        variables.labels.all(l, l == 'heal8s.io/cause' && request.userInfo.username == {{ squote $operator }})
      messageExpression: >-
        'of the labels only heal8s.io/cause is written, and only by the operator, not ' + variables.labels.join(', ')
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $name) }}
{{- end }}
{{- end -}}
