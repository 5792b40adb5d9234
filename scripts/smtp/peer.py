"""A real mail server for tests: aiosmtpd on a port of its own.

    python peer.py FOLDER plain|starttls|tls

Writes FOLDER/ca.pem (the authority that signed its certificate), prints its port, and keeps each accepted message as
FOLDER/NNN.eml with its envelope in FOLDER/NNN.json. Knows one user, praja with the password "sandi-uji", and asks for it unless the
line is plain. Refuses the recipients that begin with tolak@ (for ever) and penuh@ (for now). Ends when its standard input closes.
"""

import email
import json
import pathlib
import socket
import ssl
import sys

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Keep:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("tolak@"):
            return "550 5.1.1 no such user here"
        if address.startswith("penuh@"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:03}"
        email.message_from_bytes(envelope.content)  # what cannot be read is no message
        (self.folder / f"{name}.eml").write_bytes(envelope.content)
        told = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("sslcontext") is not None, "helo": session.host_name}
        (self.folder / f"{name}.json").write_text(json.dumps(told))
        return "250 kept"


def may_enter(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"praja" and data.password == b"sandi-uji", handled=False)


def main():
    folder, mode = pathlib.Path(sys.argv[1]), sys.argv[2]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"hostname": "127.0.0.1", "port": port}
    if mode != "plain":
        options |= {"authenticator": may_enter, "auth_required": True}
    if mode == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if mode == "tls":
        options |= {"ssl_context": context, "auth_require_tls": False}
    controller = Controller(Keep(folder), **options)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


main()
