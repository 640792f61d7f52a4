"""The platform's record: what it asked for, when that was acknowledged, and what else the player did. Microseconds."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from judge.simulator import Attempt, Said, Webhook


@dataclass
class Asked:
    """One command or request; the same id asked again is the same one."""

    topic: str
    id: str
    kind: str  # send, cancel, answer, no_reply_needed, opt_out, put
    organisation: str
    contact: str
    t: int
    campaign: str = ""
    step: str = ""
    text: str = ""
    cancels: str = ""
    version: int = 0  # of the thread as it stood when it was answered
    expires_at_ms: int = 0
    wrong: str = ""  # the field that will be refused, or dlq
    acknowledged: int | None = None
    position: str = ""
    times: int = 1


@dataclass(frozen=True)
class Stranger:
    """A webhook that must change nothing."""

    what: str  # unsigned, forged, replayed, truncated, oversized, …
    t: int
    http: int | None
    contact: str
    sid: str


@dataclass(frozen=True)
class Down:
    """The gateway was ended at `t`, and was there again at `up`."""

    t: int
    how: str  # term, kill, or the fault point's name
    up: int
    gone: int = 0  # when its process had ended: on SIGTERM it finishes first


@dataclass(frozen=True)
class Snapshot:
    """All topics read from their beginning, before or after a restart."""

    number: int
    t: int
    quiet: bool  # nothing was asked or said since the one before
    retention_s: float = 0.0  # what is older may have been trimmed from the front of a topic; 0: nothing


@dataclass
class PlatformRecord:
    asked: dict[tuple[str, str, str, str], Asked] = field(default_factory=dict)  # by topic, organisation, contact, id
    said: dict[str, Said] = field(default_factory=dict)
    inbound: dict[str, Webhook] = field(default_factory=dict)  # posted by the player itself
    strangers: list[Stranger] = field(default_factory=list)
    accounts: dict[str, int] = field(default_factory=dict)  # segments per second
    downs: list[Down] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)

    def add(self, line: dict) -> None:
        line = dict(line)
        getattr(self, f"_on_{line.pop('event')}")(line)

    def _on_asked(self, line: dict) -> None:
        asked = Asked(**line)
        key = (asked.topic, asked.organisation, asked.contact, asked.id)
        known = self.asked.setdefault(key, asked)
        if known is asked:
            return
        known.times += 1
        known.t = min(known.t, asked.t)
        if known.acknowledged is None or (asked.acknowledged is not None and asked.acknowledged < known.acknowledged):
            known.acknowledged, known.position = asked.acknowledged, asked.position

    def _on_account(self, line: dict) -> None:
        self.accounts[line["name"]] = line["segments_per_second"]

    def _on_webhook(self, line: dict) -> None:
        sid = line["sid"]
        self.said.setdefault(sid, Said(sid, line["t_sent"], line["contact"], line["sender"], line["body"]))
        webhook = self.inbound.setdefault(sid, Webhook("inbound", sid, None, line["account"]))
        webhook.attempts.append(Attempt(line["t_sent"], line["t"], line["http"]))

    def _on_stranger(self, line: dict) -> None:
        self.strangers.append(Stranger(**line))

    def _on_down(self, line: dict) -> None:
        self.downs.append(Down(**line))

    def _on_snapshot(self, line: dict) -> None:
        self.snapshots.append(Snapshot(**line))


def read_platform(file: Path) -> PlatformRecord:
    record = PlatformRecord()
    with file.open() as lines:
        for line in lines:
            record.add(json.loads(line))
    return record
