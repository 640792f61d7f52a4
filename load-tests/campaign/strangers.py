"""Webhooks that must change nothing, and a few of our own that the carrier could have sent."""

import base64
import hashlib
import hmac
import http.client
import urllib.parse
from dataclasses import dataclass

from campaign.record import Record, now_us
from campaign.settings import Account, Sender, Settings

FORM = "application/x-www-form-urlencoded"
OVERSIZED = 10 * 1024 * 1024


def sign(token: str, url: str, fields: dict[str, str]) -> str:
    """Twilio's: HMAC-SHA1 over the URL and the sorted fields."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def read_form(body: bytes) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))


def fold(fields: dict[str, str], name: str, into: str) -> dict[str, str]:
    """Names and values are signed without a mark between them: `name` becomes the end of the field before it."""
    folded = dict(fields)
    folded[into] += name + folded.pop(name)
    return folded


@dataclass
class Post:
    target: str
    body: bytes
    signature: str | None
    content_type: str = FORM


class Strangers:
    def __init__(self, settings: Settings, record: Record, port: int) -> None:
        self.settings = settings
        self.record = record
        self.port = port
        self.count = 0

    def _account(self, sender: Sender) -> Account:
        return next(account for account in self.settings.accounts if account.name == sender.account)

    def _inbound(self, sender: Sender, contact: str, sid: str, body: str) -> tuple[Post, Account]:
        account = self._account(sender)
        fields = {"AccountSid": account.sid, "ApiVersion": "2010-04-01", "Body": body, "From": contact,
                  "MessageSid": sid, "NumMedia": "0", "NumSegments": "1", "SmsMessageSid": sid, "SmsSid": sid,
                  "SmsStatus": "received", "To": sender.number}
        target = f"/webhooks/twilio/{account.name}/inbound"
        signature = sign(account.token, self.settings.public_url + target, fields)
        return Post(target, urllib.parse.urlencode(fields).encode(), signature), account

    def _post(self, post: Post) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": post.content_type}
        if post.signature is not None:
            headers["X-Twilio-Signature"] = post.signature
        try:
            connection.request("POST", post.target, post.body, headers)
            return connection.getresponse().status
        except (BrokenPipeError, ConnectionResetError):
            return self._answer_before_the_end(connection)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    @staticmethod
    def _answer_before_the_end(connection: http.client.HTTPConnection) -> int | None:
        """A server may refuse a body before it has all of it."""
        try:
            assert connection.sock is not None
            head = connection.sock.recv(64)
            return int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else None
        except (OSError, ValueError, IndexError, AssertionError):
            return None

    def say(self, contact: str, sender: Sender, body: str) -> str:
        """A text that the carrier delivers to us: rightly signed, and taken."""
        self.count += 1
        sid = f"SM{self.count:032x}"
        post, account = self._inbound(sender, contact, sid, body)
        sent = now_us()
        status = self._post(post)
        self.record.write("webhook", kind="inbound", sid=sid, account=account.name, contact=contact,
                          sender=sender.number, body=body, t_sent=sent, t=now_us(), http=status)
        return sid

    def replay(self, sid: str, contact: str, sender: Sender, body: str) -> None:
        """Once as it was, then with an id that nobody has seen and the signature that it came with."""
        post, _ = self._inbound(sender, contact, sid, body)
        self.record.write("stranger", what="replayed", t=now_us(), http=self._post(post), contact=contact, sid=sid)
        fields = fold(read_form(post.body), "NumMedia", into="MessageSid")
        post.body = urllib.parse.urlencode(fields).encode()
        self.record.write("stranger", what="folded", t=now_us(), http=self._post(post), contact="",
                          sid=fields["MessageSid"])

    def intrude(self, sender: Sender) -> None:
        """One of each kind, each with a number and an id that nobody else has."""
        for what in ("unsigned", "forged", "truncated", "oversized", "not utf-8", "content type", "report", "reused"):
            self.count += 1
            contact, sid = f"+1415{5550000 + self.count}", f"SM{0xBAD0000 + self.count:032x}"
            post, account = self._inbound(sender, contact, sid, "STOP")
            self.record.write("stranger", what=what, t=now_us(), http=self._post(self._spoil(what, post, account)),
                              contact=contact, sid=sid)

    def _spoil(self, what: str, post: Post, account: Account) -> Post:
        if what == "unsigned":
            post.signature = None
        elif what == "forged":
            post.signature = base64.b64encode(hashlib.sha1(post.body).digest()).decode()
        elif what == "truncated":
            post.body = post.body[: len(post.body) // 2]
        elif what == "oversized":
            post.body += b"&Padding=" + b"x" * OVERSIZED
        elif what == "not utf-8":
            post.body = post.body.replace(b"Body=STOP", b"Body=%FF%FE")
        elif what == "content type":
            post.content_type = "application/json"
        elif what == "report":
            post.target = post.target.replace("/inbound", "/status")
        elif what == "reused":  # a signature of another account's
            other = next(one for one in self.settings.accounts if one.token != account.token)
            post.signature = sign(other.token, self.settings.public_url + post.target, read_form(post.body))
        return post
