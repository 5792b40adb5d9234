"""An S3 service for tests: moto in this process, over TLS, with one account whose signatures are checked.

Usage: peer.py CERTIFICATE KEY        both PEM

Prints one line `PORT ACCESS_KEY_ID SECRET` when it answers, and ends when its standard input is closed, so that it never outlives
the test that started it. The bucket `praja` exists. A second account, which may do nothing, is printed behind: `ID SECRET`.
"""

import json
import logging
import os
import ssl
import sys
import threading

# Every request is checked: signature and policy.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0"
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "false"

from moto.core import DEFAULT_ACCOUNT_ID  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from moto.s3.models import s3_backends  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::praja", "arn:aws:s3:::praja/*"]}],
}


def account(name, policy):
    iam = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    iam.create_user(region_name="us-east-1", user_name=name)
    if policy:
        iam.put_user_policy(name, "files", json.dumps(policy))
    key = iam.create_access_key(name)
    return key.access_key_id, key.secret_access_key


def main(certificate, key):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    words = account("praja", POLICY) + account("orang-lain", None)
    s3_backends[DEFAULT_ACCOUNT_ID]["aws"].create_bucket("praja", "us-east-1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True, ssl_context=context)
    print(server.server_port, *words, flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
