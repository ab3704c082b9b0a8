"""Puts each order where it is found by its words."""

import base64
import json
import os
import urllib.parse
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.session import get_session

session = get_session()


def handler(event, context):
    for record in event["Records"]:
        index(json.loads(base64.b64decode(record["kinesis"]["data"])))


def index(event):
    order = event["detail"]
    url = f"https://{os.environ['SEARCH']}/orders/_doc/{urllib.parse.quote(order['order'], safe='')}"
    request = AWSRequest("PUT", url, {"content-type": "application/json"}, json.dumps(order).encode())
    SigV4Auth(session.get_credentials(), "es", os.environ["AWS_REGION"]).add_auth(request)
    # Raises for every answer that is an error: the record is tried again.
    urllib.request.urlopen(urllib.request.Request(url, request.body, dict(request.headers), method="PUT"), timeout=10).close()
