{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
Ties an approval to the person who gave it. The operator looks for this policy by name.
*/}}
{{- define "heal8s-crds.approval" -}}
{{- $name := "heal8s-approval" }}
{{- if and .Values.policies (include "heal8s-crds.mine" (dict "root" . "apiVersion" "admissionregistration.k8s.io/v1" "kind" "ValidatingAdmissionPolicy" "name" $name)) }}
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
    - name: now
      expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}"
    - name: before
      expression: "oldObject != null && has(oldObject.metadata.annotations) ? oldObject.metadata.annotations : {}"
    - name: written
      expression: >-
        ['heal8s.io/approve', 'heal8s.io/approved-plan', 'heal8s.io/reject'].filter(key,
        key in variables.now && !(key in variables.before && variables.before[key] == variables.now[key]))
    - name: allowed
      expression: >-
        authorizer.group('k8shealer.k8s-healer.io').resource('remediations')
        .namespace(request.namespace).name(request.name).check('approve').allowed()
  validations:
    - expression: "request.operation != 'CREATE' || size(variables.written) == 0"
      message: >-
        a Remediation cannot be created with an approval or a rejection: create it without
        heal8s.io/approve, heal8s.io/approved-plan and heal8s.io/reject, and annotate it when its
        plan is known
      reason: Forbidden
    - expression: "request.operation == 'CREATE' || size(variables.written) == 0 || variables.allowed"
      messageExpression: >-
        request.userInfo.username + ' may not write ' + variables.written.join(', ') +
        ': it needs the verb approve on remediations, for example by the ClusterRole heal8s-approver'
      reason: Forbidden
    - expression: >-
        request.operation == 'CREATE' ||
        !variables.written.exists(key, key != 'heal8s.io/reject') ||
        ('heal8s.io/approve' in variables.now && variables.now['heal8s.io/approve'] == request.userInfo.username)
      messageExpression: >-
        'an approval is given in one\'s own name: heal8s.io/approve must be ' + request.userInfo.username
      reason: Forbidden
    - expression: >-
        request.operation == 'CREATE' ||
        !('heal8s.io/reject' in variables.written) ||
        variables.now['heal8s.io/reject'] == request.userInfo.username
      messageExpression: >-
        'a rejection is given in one\'s own name: heal8s.io/reject must be ' + request.userInfo.username
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $name) }}
{{- end }}
{{- end -}}
