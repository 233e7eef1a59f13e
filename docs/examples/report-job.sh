#!/bin/sh
# A report job: asks the bridge for a token of one user that lasts as long as the job, and lists the user's apps at the
# tenant with it. Needs curl 7.76 and jq.
set -eu

: "${BRIDGE:=http://127.0.0.1:8080}" "${CONNECTION:=main}" "${MIN_VALIDITY:=PT2H}"
: "${CLIENT_ID:?}" "${CLIENT_SECRET:?}" "${REPORT_USER:?}"

# Credentials reach curl by its standard input: in its arguments, any process of the machine could read them.
call() {
    curl --silent --show-error --fail-with-body --max-time 60 --config - "$@"
}

as_bearer() {
    printf 'header = "Authorization: Bearer %s"\n' "$1"
}

give_up() {
    printf '%s\n' "$1" >&2
    exit 1
}

# 1. The job signs in at the bridge. The access token lasts for 15 minutes.
answer=$(printf 'user = "%s:%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" |
    call --data grant_type=client_credentials --data scope=bridge.tokens "$BRIDGE/oauth2/token") || give_up "$answer"
access_token=$(printf '%s' "$answer" | jq -r .access_token)

# 2. The user's token, good for as long as the job will run.
wanted=$(jq -n --arg user "$REPORT_USER" --arg minValidity "$MIN_VALIDITY" '$ARGS.named')
answer=$(as_bearer "$access_token" |
    call --header "Content-Type: application/json" --data "$wanted" \
        "$BRIDGE/api/v1/connections/$CONNECTION/token") || give_up "$answer"
token=$(printf '%s' "$answer" | jq -r .token)
host=$(printf '%s' "$answer" | jq -r .host)

# 3. The work: here, the id and name of each app the user may see. Of a link to the next page only the cursor is taken,
#    so that the token goes to this host and nowhere else.
next=
while :; do
    answer=$(as_bearer "$token" |
        call --get --data resourceType=app --data limit=100 ${next:+--data "next=$next"} "$host/api/v1/items") ||
        give_up "$answer"
    printf '%s' "$answer" | jq -r '.data[] | [.resourceId, .name] | @tsv'
    next=$(printf '%s' "$answer" | jq -r '.links.next.href // "" | capture("[?&]next=(?<cursor>[^&#]*)").cursor')
    [ -n "$next" ] || break
done
