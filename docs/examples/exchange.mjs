// Asks the bridge for the token of one user, and lists the user's apps at the tenant with it.
// Needs Node.js 20 and openid-client 6 (npm install openid-client).
import * as client from "openid-client";

const { BRIDGE = "http://127.0.0.1:8080", CONNECTION = "main" } = process.env;
const { CLIENT_ID, CLIENT_SECRET, REPORT_USER, QLIK_HOST } = process.env;

// http is for trying it on one machine; elsewhere leave execute out
const execute = BRIDGE.startsWith("http:") ? [client.allowInsecureRequests] : [];
const bridge = await client.discovery(new URL(BRIDGE), CLIENT_ID, CLIENT_SECRET, undefined, {
  algorithm: "oauth2",
  execute,
});

const { access_token } = await client.genericGrantRequest(
  bridge,
  "urn:ietf:params:oauth:grant-type:token-exchange",
  {
    subject_token_type: "urn:qlik-bridge:token-type:username",
    subject_token: REPORT_USER,
    audience: CONNECTION,
  },
);

const items = await fetch(`${QLIK_HOST}/api/v1/items?resourceType=app&limit=100`, {
  headers: { Authorization: `Bearer ${access_token}` },
  redirect: "error",
});
if (!items.ok) throw new Error(`Qlik answered ${items.status}`);
for (const app of (await items.json()).data) console.log(`${app.resourceId}\t${app.name}`);
