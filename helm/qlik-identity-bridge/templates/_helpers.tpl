{{/* 52 characters at most: "-management" is put behind it in a name of 63. */}}
{{- define "bridge.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "bridge.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "bridge.labels" -}}
{{ include "bridge.selectorLabels" . }}
app.kubernetes.io/version: {{ default .Chart.AppVersion .Values.image.tag | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Name, namespace, labels and annotations of an object: (dict "root" $ "suffix" "-x" "labels" {} "annotations" {}). */}}
{{- define "bridge.metadata" -}}
name: {{ include "bridge.fullname" .root }}{{ .suffix }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "bridge.labels" .root | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (default (dict) .annotations) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "bridge.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "bridge.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "bridge.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* A map without what is not set, as JSON: null, "" and empty lists and maps. */}}
{{- define "bridge.set" -}}
{{- $set := dict -}}
{{- range $name, $value := . -}}
{{- if kindIs "map" $value -}}
{{- with include "bridge.set" $value | fromJson -}}
{{- $_ := set $set $name . -}}
{{- end -}}
{{- else if not (or (kindIs "invalid" $value) (and (kindIs "string" $value) (empty $value)) (and (kindIs "slice" $value) (empty $value))) -}}
{{- $_ := set $set $name $value -}}
{{- end -}}
{{- end -}}
{{- toJson $set -}}
{{- end -}}

{{/* What the values say of the bridge, as its application.yaml. */}}
{{- define "bridge.applicationYaml" -}}
{{- $datasource := dict "url" .Values.database.url "hikari" (dict "maximum-pool-size" .Values.database.poolSize) -}}
{{- if not .Values.database.existingSecret.usernameKey -}}
{{- $_ := set $datasource "username" .Values.database.username -}}
{{- end -}}
{{- $bundles := dict -}}
{{- range .Values.certificateAuthorities -}}
{{- $_ := set $bundles .name (dict "truststore" (dict "certificate" (printf "file:/etc/bridge/ca/%s/ca.crt" .name))) -}}
{{- end -}}
{{- $management := dict -}}
{{- with .Values.tracing.endpoint -}}
{{- $attributes := dict "k8s.namespace.name" $.Release.Namespace "k8s.pod.name" "${HOSTNAME}" -}}
{{- $export := dict "tracing" (dict "export" (dict "otlp" (dict "endpoint" .))) "resource-attributes" $attributes -}}
{{- $management = dict "opentelemetry" $export "tracing" (dict "sampling" (dict "probability" $.Values.tracing.probability)) -}}
{{- end -}}
{{- $config := dict
      "spring" (dict "datasource" $datasource "ssl" (dict "bundle" (dict "pem" $bundles)))
      "bridge" .Values.bridge
      "logging" (dict "structured" (dict "format" (dict "console" .Values.logging.format)) "level" .Values.logging.levels)
      "management" $management -}}
{{- toYaml (mergeOverwrite (include "bridge.set" $config | fromJson) .Values.extraConfig) -}}
{{- end -}}

{{/* What the schema cannot say, because a value is required that has no default, or two have to fit each other. */}}
{{- define "bridge.check" -}}
{{- $_ := required "database.url is required, such as jdbc:postgresql://postgres:5432/bridge" .Values.database.url -}}
{{- $_ := required "database.existingSecret.name is required: the Secret with the password of the database's user" .Values.database.existingSecret.name -}}
{{- $_ := required "database.username is required, or database.existingSecret.usernameKey" (default .Values.database.username .Values.database.existingSecret.usernameKey) -}}
{{- $_ := required "vault.existingSecret.name is required: the Secret with the vault keys, which `printf k1:%s $(openssl rand -base64 32)` makes; README.md of the chart says how" .Values.vault.existingSecret.name -}}
{{- $grace := add .Values.preStopSleepSeconds 35 | int -}}
{{- if lt (int .Values.terminationGracePeriodSeconds) $grace -}}
{{- fail (printf "terminationGracePeriodSeconds is at least %d: the %d of preStopSleepSeconds, 5 of bridge.web.drain, and 30 for requests under way" $grace (int .Values.preStopSleepSeconds)) -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas is not above autoscaling.maxReplicas" -}}
{{- end -}}
{{- end -}}

{{/* The port that spans go to: the endpoint's own, or its scheme's. */}}
{{- define "bridge.tracingPort" -}}
{{- $endpoint := urlParse .Values.tracing.endpoint -}}
{{- $port := regexFind ":[0-9]+$" $endpoint.host | trimPrefix ":" -}}
{{- default (ternary "443" "80" (eq $endpoint.scheme "https")) $port -}}
{{- end -}}

{{/* What marks the series of this release. */}}
{{- define "bridge.series" -}}
{{- default (printf `namespace="%s",job="%s-management"` .Release.Namespace (include "bridge.fullname" .)) .Values.metrics.prometheusRule.selector -}}
{{- end -}}

{{/* A rule of an alert, unless it is disabled: (dict "root" $ "name" … "expr" … "for" … "severity" … "summary" … "description" …). */}}
{{- define "bridge.alert" -}}
{{- $rule := .root.Values.metrics.prometheusRule -}}
{{- if not (has .name $rule.disabled) -}}
- alert: {{ .name }}
  expr: {{ .expr | quote }}
  for: {{ .for }}
  labels:
    severity: {{ .severity }}
    {{- with $rule.alertLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    {{- with $rule.runbookUrl }}
    runbook_url: {{ printf "%s#%s" . ($.name | lower) | quote }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
How often something was counted, by connection, if more often than a limit: (dict "metric" … "labels" … "window" … "above" …).
A counter appears with its first count, which increase() does not see: then the counter itself is that count.
*/}}
{{- define "bridge.counted" -}}
{{- $series := printf "%s{%s}" .metric .labels -}}
{{- printf "sum by (connection) (increase(%s[%s])) > %v or (sum by (connection) (%s) unless sum by (connection) (%s offset %s)) > %v" $series .window .above $series $series .window .above -}}
{{- end -}}

{{/* The share of calls with some outcomes, by connection: (dict "metric" … "series" … "outcomes" …). */}}
{{- define "bridge.outcomeShare" -}}
{{- printf "sum by (connection) (rate(%s{%s,outcome=~\"%s\"}[10m])) / sum by (connection) (rate(%s{%s}[10m]))" .metric .series .outcomes .metric .series -}}
{{- end -}}
