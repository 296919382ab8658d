{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* The ports of the database and of every address that values and settings name, as a JSON list. */}}
{{- define "resource-controller.egress" -}}
{{- $values := .root.Values -}}
{{- $settings := $values.settings -}}
{{- $configs := include "resource-controller.pluginConfigs" . | fromJson -}}
{{- $addresses := list $values.githubApiUrl -}}
{{- range list "GITLAB_URL" "OIDC_ISSUER" "OPA_URL" "VAULT_ADDR" }}
{{- $addresses = append $addresses (get $settings . | default "") -}}
{{- end }}
{{- /* Several directories stand with spaces between. */}}
{{- $addresses = concat $addresses (splitList " " (get $settings "LDAP_URL" | default "")) -}}
{{- range $plugin, $name := dict "git" "repository" "http_polling" "url" "rabbitmq" "uri" "sqs" "queueUrl" }}
{{- $addresses = append $addresses (get (get $configs $plugin | default dict) $name | default "") -}}
{{- end }}
{{- $ports := list (int $values.database.port) -}}
{{- range without $addresses "" }}
{{- $ports = append $ports (include "resource-controller.port" . | int) -}}
{{- end }}
{{- if get $settings "SMTP_HOST" }}
{{- $usual := ternary "465" "587" (eq (get $settings "SMTP_SECURITY" | default "") "tls") -}}
{{- $ports = append $ports (get $settings "SMTP_PORT" | default $usual | int) -}}
{{- end }}
{{- range without (splitList "," (get $settings "OUTBOUND_PORTS" | default "" | nospace)) "" }}
{{- $ports = append $ports (int .) -}}
{{- end }}
{{- toJson (uniq (without $ports 0)) }}
{{- end -}}

{{/* The port of an address; 0 where it has none. */}}
{{- define "resource-controller.port" -}}
{{- $url := urlParse . -}}
{{- $named := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- $usual := dict "https" 443 "http" 80 "ldap" 389 "ldaps" 636 "amqp" 5672 "amqps" 5671 -}}
{{- $named | default (get $usual $url.scheme | default 0) -}}
{{- end -}}
