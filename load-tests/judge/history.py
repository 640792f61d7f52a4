"""The history of one campaign: the two records and the topics, joined by what is outside of the gateway.

A call belongs to the request with its contact and its text: the player makes every text unique.
"""

import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from judge.events import READ_TOPICS, Decoder, Event, read_topic
from judge.platform import Asked, PlatformRecord, read_platform
from judge.simulator import Call, Said, SimulatorRecord, Webhook, read_simulator

COVERED_MS = 90 * 24 * 3600 * 1000
DELIVERIES = {
    "DELIVERY_STATE_UNSPECIFIED": 0,
    "DELIVERY_STATE_UNCONFIRMED": 1,
    "DELIVERY_STATE_EXPIRED": 2,
    "DELIVERY_STATE_FAILED": 3,
    "DELIVERY_STATE_UNDELIVERED": 4,
    "DELIVERY_STATE_DELIVERED": 5,
    "DELIVERY_STATE_READ": 6,
}
REPORTED = {"sent": 0, "undelivered": 4, "delivered": 5}


@dataclass
class Request:
    """One text that somebody asked for: a request of the platform's, or an answer by command."""

    id: str
    asked: Asked
    calls: list[Call] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)  # in the order of their partition
    kinds: dict[str, list[Event]] = field(default_factory=dict)

    @property
    def contact(self) -> str:
        return self.asked.contact

    @property
    def organisation(self) -> str:
        return self.asked.organisation

    def of_kind(self, kind: str) -> list[Event]:
        return self.kinds.get(f"KIND_{kind}", [])

    def add(self, event: Event) -> None:
        self.events.append(event)
        self.kinds.setdefault(event.data.get("kind", ""), []).append(event)

    @property
    def state(self) -> str:
        """Its final state; empty while open."""
        closing = self.of_kind("CORRECTED") or self.of_kind("ENDED")
        return closing[-1].data.get("state", "").removeprefix("REQUEST_STATE_") if closing else ""

    @property
    def delivery(self) -> int:
        return max((delivery_of(event) for event in self.events), default=0)

    @property
    def taken(self) -> list[Call]:
        return [call for call in self.calls if call.taken]

    def __str__(self) -> str:
        return f"request {self.organisation}/{self.id}"


def delivery_of(event: Event) -> int:
    return DELIVERIES[event.data.get("delivery", "DELIVERY_STATE_UNSPECIFIED")]


class History:
    def __init__(self, simulator: SimulatorRecord, platform: PlatformRecord, topics: dict[str, list[Event]],
                 folder: Path | None = None) -> None:
        self.simulator = simulator
        self.platform = platform
        self.topics = topics
        self.folder = folder
        self.said: dict[str, Said] = {**simulator.said, **platform.said}
        self.inbound: dict[str, Webhook] = {**simulator.inbound, **platform.inbound}
        self.senders: dict[str, dict] = {}
        for event in topics["directory"]:
            if sender := event.data.get("sender"):
                self.senders[sender["number"]] = sender
        self.requests = self._requests()
        self.cancelled = {(asked.organisation, asked.contact, asked.cancels)
                          for asked in platform.asked.values() if asked.kind == "cancel"}
        self.automatic: list[Call] = []  # calls whose text nobody asked for: confirmations, and what must not be
        self._join_calls()
        self.foreign: list[Event] = []  # events of no request of ours
        self._join_events()
        self.by_contact: dict[str, list[Request]] = defaultdict(list)
        for request in self.requests.values():
            self.by_contact[request.contact].append(request)

    def _requests(self) -> dict[tuple[str, str, str], Request]:
        requests = {}
        for asked in self.platform.asked.values():
            if asked.kind == "send":
                requests[(asked.organisation, asked.contact, asked.id)] = Request(asked.id, asked)
            elif asked.kind == "answer":
                answer = Request(f"answer/{asked.id}", asked)
                requests[(asked.organisation, asked.contact, answer.id)] = answer
        return requests

    def _join_calls(self) -> None:
        by_text = {(request.contact, request.asked.text): request for request in self.requests.values()}
        for call in self.simulator.calls.values():
            request = by_text.get((call.contact, call.body))
            if request is None:
                self.automatic.append(call)
            else:
                request.calls.append(call)

    def _join_events(self) -> None:
        for event in self.topics["outbound.events"]:
            data = event.data
            request = self.requests.get(
                (data.get("organisation", ""), data.get("contact", ""), data.get("request_id", "")))
            if request is None:
                self.foreign.append(event)
            else:
                request.add(event)

    def owner_at(self, number: str, t: int) -> str:
        """Whose sender it is at `t`; empty: nobody's."""
        owners = self.senders.get(number, {}).get("owners", [])
        at = bisect.bisect_right([owner.get("since_ms", 0) for owner in owners], t // 1000)
        return owners[at - 1].get("organisation", "") if at else ""

    def covered_by(self, number: str, t: int) -> set[str] | None:
        """Whom a stop to this number covers: owners now or in the last 90 days; None: all."""
        owners = self.senders.get(number, {}).get("owners", [])
        covered = set()
        for index, owner in enumerate(owners):
            until = owners[index + 1]["since_ms"] if index + 1 < len(owners) else None
            started = owner.get("since_ms", 0) <= t // 1000
            if started and (until is None or until > t // 1000 - COVERED_MS):
                covered.add(owner.get("organisation", ""))
        return (covered - {""}) or None


def load_history(folder: Path) -> History:
    platform = read_platform(folder / "platform.jsonl")
    decoder = Decoder()
    last = max((snapshot.number for snapshot in platform.snapshots), default=0)
    topics = {topic: read_topic(folder / "read", last, topic, decoder) for topic in READ_TOPICS}
    return History(read_simulator(folder / "simulator.jsonl"), platform, topics, folder)
