"""The simulator's record: what reached the carrier, the phones, and the gateway's webhooks. Times in microseconds."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Call:
    number: int
    t: int  # its first bytes reached the kernel
    account: str
    sender: str
    contact: str
    body: str
    segments: int
    answered: int | None = None
    sid: str | None = None
    taken: bool = False
    code: int = 0
    http: int = 0
    fault: str | None = None


@dataclass
class Attempt:
    t_sent: int
    t: int  # the answer came, or none will
    http: int | None

    @property
    def acknowledged(self) -> bool:
        return self.http is not None and 200 <= self.http < 300


@dataclass
class Webhook:
    kind: str  # inbound, status
    sid: str
    status: str | None
    account: str
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def first_sent(self) -> int:
        return min(attempt.t_sent for attempt in self.attempts)

    @property
    def acknowledged(self) -> int | None:
        """When its first 2xx came."""
        return min((attempt.t for attempt in self.attempts if attempt.acknowledged), default=None)


@dataclass(frozen=True)
class Got:
    """A phone has a text."""

    t: int
    contact: str
    sender: str
    body: str


@dataclass(frozen=True)
class Said:
    """A person texts one of our numbers."""

    sid: str
    t: int
    contact: str
    sender: str
    body: str
    what: str = "said"  # what they mean: stop, start, or an answer, late, twice; said: nobody knows


@dataclass
class SimulatorRecord:
    calls: dict[int, Call] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    inbound: dict[str, Webhook] = field(default_factory=dict)  # by sid
    reports: dict[tuple[str, str], Webhook] = field(default_factory=dict)  # by sid and status
    got: dict[str, Got] = field(default_factory=dict)  # by sid
    final: dict[str, str] = field(default_factory=dict)  # by sid: delivered, undelivered
    refused: dict[int, int] = field(default_factory=dict)  # by call: the code
    late_segments: int = 0  # sent again by TCP, on the whole machine

    def add(self, line: dict) -> None:
        handler = getattr(self, f"_on_{line['event']}", None)
        if handler is not None:
            handler(line)

    def _on_call(self, line: dict) -> None:
        self.calls[line["call"]] = Call(
            line["call"], line["t"], line["account"], line["from"], line["to"], line["body"], line["segments"]
        )

    def _on_outcome(self, line: dict) -> None:
        call = self.calls[line["call"]]
        call.answered, call.sid, call.taken = line["t"], line["sid"], line["taken"]
        call.code, call.http, call.fault = line["code"], line["http"], line["fault"]

    def _on_phone_got(self, line: dict) -> None:
        if not line["auto"]:
            self.got[line["sid"]] = Got(line["t"], line["to"], line["from"], line["body"])

    def _on_phone_said(self, line: dict) -> None:
        self.said[line["sid"]] = Said(line["sid"], line["t"], line["from"], line["to"], line["body"],
                                       line["what"])

    def _on_webhook(self, line: dict) -> None:
        sid, status = line["sid"], line["status"]
        if line["kind"] == "inbound":
            webhook = self.inbound.setdefault(sid, Webhook("inbound", sid, None, line["account"]))
        else:
            webhook = self.reports.setdefault((sid, status), Webhook("status", sid, status, line["account"]))
        webhook.attempts.append(Attempt(line["t_sent"], line["t"], line["http"]))

    def _on_final(self, line: dict) -> None:
        if line["status"] == "refused":
            self.refused[line["call"]] = line["code"]
        else:
            self.final[line["sid"]] = line["status"]

    def _on_stop(self, line: dict) -> None:
        self.late_segments = line["late_segments"]


def read_simulator(file: Path, *, torn: bool = False) -> SimulatorRecord:
    """`torn`: it is still being written, and its last line may be a part."""
    record = SimulatorRecord()
    with file.open() as lines:
        for line in lines:
            if torn and not line.endswith("\n"):
                break
            record.add(json.loads(line))
    return record
