{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "heal8s-crds.definitions" -}}
{{- if .Values.definitions }}
{{- range $file, $name := dict "remediations.yaml" "remediations.k8shealer.k8s-healer.io" "remediationpolicies.yaml" "remediationpolicies.heal8s.io" "targetapps.yaml" "targetapps.operator.kco.local" }}
{{- if include "heal8s-crds.mine" (dict "root" $ "apiVersion" "apiextensions.k8s.io/v1" "kind" "CustomResourceDefinition" "name" $name) }}
---
{{ $.Files.Get $file }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
