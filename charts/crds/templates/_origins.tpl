{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
Who may ask for what: nobody speaks for a detector but its own account, detectors stay in their
namespace, and nobody lends an account that he could not use himself.
*/}}
{{- define "heal8s-crds.origins" -}}
{{- $name := "heal8s-origins" }}
{{- if and .Values.policies (include "heal8s-crds.mine" (dict "root" . "apiVersion" "admissionregistration.k8s.io/v1" "kind" "ValidatingAdmissionPolicy" "name" $name)) }}
{{- $gateway := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.gateway) }}
{{- $monitor := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.monitor) }}
{{- $users := list (squote $gateway) (squote $monitor) }}
{{- $owners := list (squote (printf "TargetApp %s" $monitor)) }}
{{- range .Values.detectors }}
{{- $user := printf "system:serviceaccount:%s:%s" (.namespace | default (include "heal8s-crds.namespace" $)) (required "detectors[].serviceAccount is missing" .serviceAccount) }}
{{- $users = append $users (squote $user) }}
{{- $owners = append $owners (squote (printf "%s %s" (required "detectors[].kind is missing" .kind) $user)) }}
{{- end }}
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
        operations: [CREATE, UPDATE]
        resources: [remediations]
  variables:
    - name: user
      expression: request.userInfo.username
    - name: isDetector
      expression: "variables.user in [{{ join ", " $users }}]"
    - name: owners
      expression: "[{{ join ", " $owners }}]"
    # Who puts another action under a name or an account that stands already uses both like his own.
    - name: newAction
      expression: "oldObject == null || oldObject.spec.action != object.spec.action"
    - name: newDetector
      expression: >-
        has(object.spec.detector) &&
        (variables.newAction || !has(oldObject.spec.detector) || oldObject.spec.detector != object.spec.detector)
    - name: newAccount
      expression: >-
        has(object.spec.serviceAccountName) &&
        (variables.newAction || !has(oldObject.spec.serviceAccountName) || oldObject.spec.serviceAccountName != object.spec.serviceAccountName)
  validations:
    - expression: "!variables.newDetector || (object.spec.detector.kind + ' ' + variables.user) in variables.owners"
      messageExpression: >-
        variables.user + ' may not ask in the name of ' + object.spec.detector.kind +
        ': spec.detector is set by that detector\'s own account; set spec.alert instead'
      reason: Forbidden
    - expression: "!variables.isDetector || object.spec.target.namespace == request.namespace"
      message: "a detector asks only for targets of the namespace that the Remediation is in"
      reason: Forbidden
    - expression: >-
        !variables.isDetector || request.operation != 'CREATE' ||
        !has(object.metadata.labels) || !('heal8s.io/cause' in object.metadata.labels)
      message: "the label heal8s.io/cause is written by the operator, not by a detector"
      reason: Forbidden
    - expression: >-
        !variables.newAccount ||
        authorizer.group('').resource('serviceaccounts').namespace(object.spec.target.namespace)
        .name(object.spec.serviceAccountName).check('impersonate').allowed()
      messageExpression: >-
        variables.user + ' may not lend the ServiceAccount ' + object.spec.target.namespace + '/' +
        object.spec.serviceAccountName + ': it needs the verb impersonate on that account'
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $name) }}
{{- end }}
{{- end -}}
