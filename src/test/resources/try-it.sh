# Where the bridge and the simulated tenant listen, how the bridge reaches the tenant, and the admin's secret
BRIDGE=http://127.0.0.1:8080
TENANT=http://127.0.0.1:8090
TENANT_OF_BRIDGE=${TENANT_OF_BRIDGE:-$TENANT} ADMIN_SECRET=${ADMIN_SECRET:-try-the-bridge}

# 1. An admin's access token
ACCESS_TOKEN=$(curl -sS -u "admin:$ADMIN_SECRET" -d grant_type=client_credentials $BRIDGE/oauth2/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
AS_ADMIN="Authorization: Bearer $ACCESS_TOKEN"; JSON="Content-Type: application/json"

# 2. The connection to the tenant
curl -sS -X PUT $BRIDGE/api/v1/connections/main -H "$AS_ADMIN" -H "$JSON" -d '{"type": "qlik-cloud", "host": "'$TENANT_OF_BRIDGE'", "origin": "https://localhost", "issuer": "https://bridge.example.org", "apiKeyExpiry": "P30D"}'; echo

# 3. A signing key, made on the spot; the bridge seals it and never gives it out
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out signing-key.pem 2> /dev/null
curl -sS "$BRIDGE/api/v1/connections/main/signing-keys?kid=bridge-1" -H "$AS_ADMIN" -H "Content-Type: application/x-pem-file" --data-binary @signing-key.pem; echo

# 4. The tenant, set up with an administrator's API key of it, which the bridge uses for this one request and keeps nowhere
curl -sS $BRIDGE/api/v1/connections/main/setup -H "$AS_ADMIN" -H "$JSON" -d '{"authorization": {"apiKey": "tenant-admin"}}'; echo

# 5. The connection test: key, network and clocks
curl -sS -X POST $BRIDGE/api/v1/connections/main/test -H "$AS_ADMIN"; echo

# 6. Two people, and who they are in Qlik
curl -sS $BRIDGE/api/v1/users -H "$AS_ADMIN" -H "$JSON" -d '{"username": "ada", "name": "Ada Example", "email": "ada@example.org", "emailVerified": true, "groups": ["Finance"], "subjects": {"main": "hr|4711"}}'; echo
curl -sS $BRIDGE/api/v1/users -H "$AS_ADMIN" -H "$JSON" -d '{"username": "bob", "name": "Bob Example", "email": "bob@example.org", "emailVerified": true, "subjects": {"main": "hr|4712"}}'; echo

# 7. The connection test the whole way, as ada
curl -sS $BRIDGE/api/v1/connections/main/test -H "$AS_ADMIN" -H "$JSON" -d '{"user": "ada"}'; echo

# 8. What each of them sees
curl -sS "$BRIDGE/api/v1/connections/main/apps?user=ada" -H "$AS_ADMIN"; echo
curl -sS "$BRIDGE/api/v1/connections/main/apps?user=bob" -H "$AS_ADMIN"; echo

# 9. A client for a job that may get ada's token, and nobody else's
JOB_SECRET=$(curl -sS $BRIDGE/api/v1/clients -H "$AS_ADMIN" -H "$JSON" -d '{"clientId": "nightly-report", "scopes": ["bridge.tokens"], "users": ["ada"]}' | sed 's/.*"secret":"\([^"]*\)".*/\1/')
JOB_TOKEN=$(curl -sS -u "nightly-report:$JOB_SECRET" -d grant_type=client_credentials $BRIDGE/oauth2/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')

# 10. The job asks for ada's token, good for two hours at least, and opens ada's data at the tenant with it
ADAS_TOKEN=$(curl -sS $BRIDGE/api/v1/connections/main/token -H "Authorization: Bearer $JOB_TOKEN" -H "$JSON" -d '{"user": "ada", "minValidity": "PT2H"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
curl -sS "$TENANT/api/v1/items?resourceType=app&limit=1" -H "Authorization: Bearer $ADAS_TOKEN"; echo

# 11. It asks again, also by OAuth's token exchange, which any library can do, and gets the same token; the tenant has one key for ada
AGAIN=$(curl -sS $BRIDGE/api/v1/connections/main/token -H "Authorization: Bearer $JOB_TOKEN" -H "$JSON" -d '{"user": "ada"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
test "$AGAIN" = "$ADAS_TOKEN" && echo "The same token"
EXCHANGED=$(curl -sS -u "nightly-report:$JOB_SECRET" $BRIDGE/oauth2/token -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange -d subject_token_type=urn:qlik-bridge:token-type:username -d subject_token=ada -d audience=main | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
test "$EXCHANGED" = "$ADAS_TOKEN" && echo "Again the same, by token exchange"
curl -sS "$TENANT/api/v1/api-keys?status=active" -H "Authorization: Bearer $ADAS_TOKEN"; echo

# 12. It may not have bob's
curl -sS $BRIDGE/api/v1/connections/main/token -H "Authorization: Bearer $JOB_TOKEN" -H "$JSON" -d '{"user": "bob"}'; echo

# 13. Qlik's own API at the bridge, as ada: what Qlik's client libraries speak; the links lead back to the bridge
curl -sS "$BRIDGE/qlik/main/api/v1/items?resourceType=app&limit=1" -H "$AS_ADMIN" -H "X-Bridge-User: ada"; echo
