{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* What a person does next to make Alertmanager call; root and id. */}}
{{- define "alert-gateway.notes" -}}
{{- $namespace := include "heal8s-service.namespace" . -}}
{{- $auth := .root.Values.webhook.auth -}}
{{- $scheme := ternary "https" "http" (ne .root.Values.webhook.tls.secret "") -}}
Let Alertmanager call. In its configuration:

  route:
    receiver: heal8s
    group_by: [alertname, namespace]
  receivers:
    - name: heal8s
      webhook_configs:
        - url: {{ $scheme }}://{{ include "heal8s-service.fullname" . }}.{{ $namespace }}.svc:{{ .root.Values.webhook.service.port }}/webhooks/alertmanager
          send_resolved: true
{{- if has "bearer" $auth.modes }}
          http_config:
            authorization: {type: Bearer, credentials_file: /etc/alertmanager/heal8s-token}

The token, for a file beside Alertmanager's configuration:

  kubectl get secret {{ include "alert-gateway.secretName" . }} -n {{ $namespace }} -o jsonpath='{.data.token}' | base64 -d
{{- else if has "token-review" $auth.modes }}
          http_config:
            authorization: {type: Bearer, credentials_file: /var/run/secrets/heal8s/token}

Alertmanager sends its own token, made for the audience {{ first $auth.tokenReview.audiences }}:

  volumes:
    - name: heal8s
      projected:
        sources: [{serviceAccountToken: {audience: {{ first $auth.tokenReview.audiences }}, path: token}}]
{{- else if has "none" $auth.modes }}

Anybody who reaches the webhook may call it (webhook.auth.modes is none).
{{- end }}
{{- end -}}
