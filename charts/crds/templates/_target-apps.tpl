{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/*
The monitor writes the status of TargetApps, takes off what the original's framework left on them, and
keeps one Lease for each of its replicas. Whatever else its roles would let it do is refused here.
*/}}
{{- define "heal8s-crds.targetApps" -}}
{{- $monitor := include "heal8s-crds.user" (dict "root" . "account" .Values.serviceAccounts.monitor) }}
{{- $name := "heal8s-targetapp-writers" }}
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
      - apiGroups: [operator.kco.local]
        apiVersions: ["*"]
        operations: [UPDATE]
        resources: [targetapps]
  matchConditions:
    - name: the-monitor
      expression: request.userInfo.username == {{ squote $monitor }}
  variables:
    - name: annotationsNow
      expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}"
    - name: annotationsBefore
      expression: "has(oldObject.metadata.annotations) ? oldObject.metadata.annotations : {}"
    - name: finalizersNow
      expression: "has(object.metadata.finalizers) ? object.metadata.finalizers : []"
    - name: finalizersBefore
      expression: "has(oldObject.metadata.finalizers) ? oldObject.metadata.finalizers : []"
  validations:
    - expression: >-
        has(object.spec) == has(oldObject.spec) && (!has(object.spec) || object.spec == oldObject.spec)
      message: the monitor does not change the spec of a TargetApp
      reason: Forbidden
    - expression: >-
        (has(object.metadata.labels) ? object.metadata.labels : {}) ==
        (has(oldObject.metadata.labels) ? oldObject.metadata.labels : {}) &&
        (has(object.metadata.ownerReferences) ? object.metadata.ownerReferences : []) ==
        (has(oldObject.metadata.ownerReferences) ? oldObject.metadata.ownerReferences : [])
      message: the monitor does not change labels or owners of a TargetApp
      reason: Forbidden
    - expression: >-
        variables.finalizersNow.all(f, f in variables.finalizersBefore) &&
        variables.finalizersBefore.all(f, f in variables.finalizersNow || f == 'kopf.zalando.org/KopfFinalizerMarker')
      message: of the finalizers the monitor takes off kopf.zalando.org/KopfFinalizerMarker and no other
      reason: Forbidden
    - expression: >-
        variables.annotationsNow.all(k, k in variables.annotationsBefore && variables.annotationsBefore[k] == variables.annotationsNow[k]) &&
        variables.annotationsBefore.all(k, k in variables.annotationsNow || k == 'kopf.zalando.org/last-handled-configuration')
      message: of the annotations the monitor takes off kopf.zalando.org/last-handled-configuration and no other
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $name) }}
{{- end }}
{{- $leases := "heal8s-monitor-leases" }}
{{- if and .Values.policies (include "heal8s-crds.mine" (dict "root" . "apiVersion" "admissionregistration.k8s.io/v1" "kind" "ValidatingAdmissionPolicy" "name" $leases)) }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ $leases }}
  labels:
    {{- include "heal8s-crds.labels" . | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [coordination.k8s.io]
        apiVersions: ["*"]
        operations: [CREATE, UPDATE, DELETE]
        resources: [leases]
  matchConditions:
    - name: the-monitor
      expression: request.userInfo.username == {{ squote $monitor }}
  validations:
    - expression: request.name.startsWith('graphql-monitor-')
      message: the monitor writes the Leases of its own replicas, graphql-monitor-*, and no other
      reason: Forbidden
---
{{ include "heal8s-crds.binding" (dict "root" . "name" $leases) }}
{{- end }}
{{- end -}}
