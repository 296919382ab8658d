{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
Each field of a Remediation's status has one writer. This confines the accounts of the services to
their own; whatever is not named here is the operator's, fields of later versions included.
*/}}
{{- define "heal8s-crds.statusWriters" -}}
{{- $name := "heal8s-status-writers" }}
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
        resources: [remediations/status]
  matchConditions:
    - name: a-service-of-heal8s
      expression: >-
        request.userInfo.username in [{{ squote $operator }}, {{ squote $gateway }}, {{ squote $prService }}]
  variables:
    - name: gatewayConditions
      expression: "['AlertResolved']"
    - name: prFields
      expression: "['pullRequest', 'revertPullRequest', 'prNumber', 'prUrl', 'commitSHA']"
    - name: prConditions
      expression: "['PullRequestOpen', 'PullRequestMerged', 'RevertOpen', 'RevertMerged']"
    - name: now
      expression: "has(object.status) ? object.status : {}"
    - name: before
      expression: "has(oldObject.status) ? oldObject.status : {}"
    - name: fields
      expression: >-
        variables.now.map(k, k).filter(k, k != 'conditions' && !(k in variables.before && variables.before[k] == variables.now[k])) +
        variables.before.map(k, k).filter(k, k != 'conditions' && !(k in variables.now))
    - name: conditionsNow
      expression: "'conditions' in variables.now ? variables.now.conditions : []"
    - name: conditionsBefore
      expression: "'conditions' in variables.before ? variables.before.conditions : []"
    - name: conditions
      expression: >-
        variables.conditionsNow.filter(c, !variables.conditionsBefore.exists(b, b == c)).map(c, c.type) +
        variables.conditionsBefore.filter(b, !variables.conditionsNow.exists(c, c.type == b.type)).map(b, b.type)
  validations:
    - expression: >-
        request.userInfo.username != {{ squote $gateway }} ||
        (size(variables.fields) == 0 && variables.conditions.all(c, c in variables.gatewayConditions))
      messageExpression: >-
        'the alert gateway writes the condition AlertResolved and nothing else of status, not ' +
        (variables.fields + variables.conditions).join(', ')
      reason: Forbidden
    - expression: >-
        request.userInfo.username != {{ squote $prService }} ||
        (variables.fields.all(f, f in variables.prFields) && variables.conditions.all(c, c in variables.prConditions))
      messageExpression: >-
        'the pull request service writes the fields and conditions of its pull requests, not ' +
        (variables.fields.filter(f, !(f in variables.prFields)) + variables.conditions.filter(c, !(c in variables.prConditions))).join(', ')
      reason: Forbidden
    - expression: >-
        request.userInfo.username != {{ squote $operator }} ||
        (!variables.fields.exists(f, f in variables.prFields) &&
        !variables.conditions.exists(c, c in variables.prConditions + variables.gatewayConditions))
      messageExpression: >-
        'the operator does not write what belongs to the other services: ' +
        (variables.fields.filter(f, f in variables.prFields) + variables.conditions.filter(c, c in variables.prConditions + variables.gatewayConditions)).join(', ')
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $name) }}
{{- end }}
{{- end -}}
