#!/usr/bin/env python3
"""A report job: asks the bridge for a token of one user that lasts as long as the job, and lists the user's apps at the
tenant with it. Needs Python 3.9 and nothing else."""

import base64
import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

BRIDGE = os.environ.get("BRIDGE", "http://127.0.0.1:8080")
CONNECTION = os.environ.get("CONNECTION", "main")
MIN_VALIDITY = os.environ.get("MIN_VALIDITY", "PT2H")
CLIENT_ID = os.environ["CLIENT_ID"]
CLIENT_SECRET = os.environ["CLIENT_SECRET"]
REPORT_USER = os.environ["REPORT_USER"]

MOST_TRIES = 5
LONGEST_PAUSE = 60


class NoRedirects(HTTPRedirectHandler):
    """A redirect is an error: Python would show the token to whatever host it names."""

    def redirect_request(self, *ignored):
        return None


http = build_opener(NoRedirects)


def call(url, authorization, body=None, content_type=None):
    """What the answer's JSON says. Waits and asks again when told to (429 and 503 with Retry-After)."""
    headers = {"Authorization": authorization, "Accept": "application/json"}
    if content_type:
        headers["Content-Type"] = content_type
    for tries_left in reversed(range(MOST_TRIES)):
        try:
            with http.open(Request(url, data=body, headers=headers), timeout=60) as answer:
                return json.load(answer)
        except HTTPError as refusal:
            pause = refusal.headers.get("Retry-After", "")
            patient = refusal.code in (429, 503) and pause.isdigit() and int(pause) <= LONGEST_PAUSE
            if not patient or tries_left == 0:
                sys.exit(refusal.read().decode())
            time.sleep(int(pause))


def access_token():
    """The job signs in at the bridge. The access token lasts for 15 minutes."""
    basic = base64.b64encode(f"{quote(CLIENT_ID)}:{quote(CLIENT_SECRET)}".encode()).decode()
    form = urlencode({"grant_type": "client_credentials", "scope": "bridge.tokens"}).encode()
    answer = call(f"{BRIDGE}/oauth2/token", f"Basic {basic}", form, "application/x-www-form-urlencoded")
    return answer["access_token"]


def user_token():
    """The user's token, good for as long as the job will run, and the tenant it is for."""
    wanted = json.dumps({"user": REPORT_USER, "minValidity": MIN_VALIDITY}).encode()
    url = f"{BRIDGE}/api/v1/connections/{quote(CONNECTION)}/token"
    answer = call(url, f"Bearer {access_token()}", wanted, "application/json")
    return answer["token"], answer["host"]


def apps(token, host):
    """All apps the user may see, page by page."""
    query = {"resourceType": "app", "limit": 100}
    while True:
        page = call(f"{host}/api/v1/items?{urlencode(query)}", f"Bearer {token}")
        yield from page["data"]
        # of the link only the cursor: the token goes to this host and nowhere else
        link = (page["links"].get("next") or {}).get("href") or ""
        cursor = parse_qs(urlsplit(link).query).get("next")
        if not cursor:
            return
        query["next"] = cursor[0]


for app in apps(*user_token()):
    print(app["resourceId"], app["name"], sep="\t")
