#!/bin/sh
# Asks the bridge for the token of one user, and lists the user's apps at the tenant with it. Needs curl 7.76 and jq.
set -eu

: "${BRIDGE:=http://127.0.0.1:8080}" "${CONNECTION:=main}"
: "${CLIENT_ID:?}" "${CLIENT_SECRET:?}" "${REPORT_USER:?}" "${QLIK_HOST:?}"

# Credentials reach curl by its standard input: in its arguments, any process of the machine could read them.
call() {
    curl --silent --show-error --fail-with-body --max-time 60 --config - "$@"
}

give_up() {
    printf '%s\n' "$1" >&2
    exit 1
}

answer=$(printf 'user = "%s:%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" |
    call --data-urlencode grant_type=urn:ietf:params:oauth:grant-type:token-exchange \
        --data-urlencode subject_token_type=urn:qlik-bridge:token-type:username \
        --data-urlencode "subject_token=$REPORT_USER" \
        --data-urlencode "audience=$CONNECTION" "$BRIDGE/oauth2/token") || give_up "$answer"
token=$(printf '%s' "$answer" | jq -r .access_token)

answer=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
    call --get --data resourceType=app --data limit=100 "$QLIK_HOST/api/v1/items") || give_up "$answer"
printf '%s' "$answer" | jq -r '.data[] | [.resourceId, .name] | @tsv'
