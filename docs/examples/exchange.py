#!/usr/bin/env python3
"""Asks the bridge for the token of one user, and lists the user's apps at the tenant with it. Needs Authlib and Requests."""

import os

from authlib.integrations.requests_client import OAuth2Session

BRIDGE = os.environ.get("BRIDGE", "http://127.0.0.1:8080")

session = OAuth2Session(
    os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"], token_endpoint_auth_method="client_secret_post"
)
session.fetch_token(
    f"{BRIDGE}/oauth2/token",
    grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token_type="urn:qlik-bridge:token-type:username",
    subject_token=os.environ["REPORT_USER"],
    audience=os.environ.get("CONNECTION", "main"),
)

# from here on with the user's token, and to the tenant alone
items = session.get(
    f"{os.environ['QLIK_HOST']}/api/v1/items",
    params={"resourceType": "app", "limit": 100},
    allow_redirects=False,
    timeout=60,
)
items.raise_for_status()
for app in items.json()["data"]:
    print(app["resourceId"], app["name"], sep="\t")
