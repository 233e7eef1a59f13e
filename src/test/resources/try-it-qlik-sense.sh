# Where the simulated Qlik Sense site listens, and the folder it has exported its certificates into
SITE=https://localhost:8443 REPOSITORY_PORT=4242 PROXY_PORT=4243
SITE_FILES=target/qlik-sense-site

# 14. A connection to the site that signs in by certificates
curl -sS -X PUT $BRIDGE/api/v1/connections/sense -H "$AS_ADMIN" -H "$JSON" -d '{"type": "qlik-sense", "host": "'$SITE'", "signIn": "certificates", "userDirectory": "LAB", "repositoryPort": '$REPOSITORY_PORT', "proxyPort": '$PROXY_PORT'}'; echo

# 15. The client's certificate and key, and the site's root; the bridge seals the key and never gives it out
curl -sS -X PUT $BRIDGE/api/v1/connections/sense/certificates -H "$AS_ADMIN" --form "client=@$SITE_FILES/client.pem" --form "clientKey=@$SITE_FILES/client_key.pem" --form "root=@$SITE_FILES/root.pem"; echo

# 16. The connection test the whole way, as ada, who is LAB\ada at the site
curl -sS $BRIDGE/api/v1/connections/sense/test -H "$AS_ADMIN" -H "$JSON" -d '{"user": "ada"}'; echo

# 17. What each of them sees at the site
curl -sS "$BRIDGE/api/v1/connections/sense/apps?user=ada" -H "$AS_ADMIN"; echo
curl -sS "$BRIDGE/api/v1/connections/sense/apps?user=bob" -H "$AS_ADMIN"; echo

# 18. A second connection, which signs in by JWT at the site's virtual proxy "bridge", and the root of the site's own certificate
curl -sS -X PUT $BRIDGE/api/v1/connections/sense-jwt -H "$AS_ADMIN" -H "$JSON" -d '{"type": "qlik-sense", "host": "'$SITE'", "signIn": "jwt", "virtualProxy": "bridge", "userDirectory": "LAB"}'; echo
curl -sS -X PUT $BRIDGE/api/v1/connections/sense-jwt/certificates -H "$AS_ADMIN" --form "root=@$SITE_FILES/root.pem"; echo

# 19. A signing key that the bridge makes, and its certificate, given to the virtual proxy (for a real site: pasted into its page)
curl -sS $BRIDGE/api/v1/connections/sense-jwt/signing-keys -H "$AS_ADMIN" -H "$JSON" -d '{"generate": {"bits": 2048}, "kid": "bridge-2"}'; echo
curl -sS $BRIDGE/api/v1/connections/sense-jwt/signing-keys/bridge-2/certificate -H "$AS_ADMIN" -o "$SITE_FILES/jwt.pem"

# 20. The connection test the whole way, as ada
curl -sS $BRIDGE/api/v1/connections/sense-jwt/test -H "$AS_ADMIN" -H "$JSON" -d '{"user": "ada"}'; echo

# 21. A token of ada's for the site, and with it her apps at the site itself
SENSE_TOKEN=$(curl -sS $BRIDGE/api/v1/connections/sense-jwt/token -H "$AS_ADMIN" -H "$JSON" -d '{"user": "ada"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
curl -sS --cacert "$SITE_FILES/root.pem" "$SITE/bridge/qrs/app/hublist?xrfkey=0123456789abcdef" -H "X-Qlik-Xrfkey: 0123456789abcdef" -H "Authorization: Bearer $SENSE_TOKEN"; echo
