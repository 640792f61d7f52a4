"""Who said stop when, whom it covers, and when a START lifted it: shared by the laws."""

from collections import defaultdict
from dataclasses import dataclass

from judge import words
from judge.history import History
from judge.simulator import Said

GRACE = 1_000_000  # of a STOP, from its acknowledgement
COMMAND_GRACE = 3_000_000  # of an opt-out by command, which the law does not time
CONFIRM_WITHIN = 300_000_000
OPTED_OUT_CODE = 21610
UNKNOWN = 1 << 62


@dataclass(frozen=True)
class Stop:
    contact: str
    sender: str  # that received it; empty: by command
    covered: frozenset[str] | None  # None: all organisations
    begun: int  # earliest moment at which the gateway may have had it
    acknowledged: int
    what: str
    body: str = ""
    confirmable: bool = True

    def covers(self, organisation: str) -> bool:
        return self.covered is None or organisation in self.covered

    @property
    def binding(self) -> int:
        return self.acknowledged + (GRACE if self.sender else COMMAND_GRACE)


@dataclass(frozen=True)
class Start:
    contact: str
    organisation: str
    said: int
    begun: int
    acknowledged: int | None


class Stops:
    def __init__(self, history: History) -> None:
        self.history = history
        self.stops: dict[str, list[Stop]] = defaultdict(list)
        self.starts: dict[str, list[Start]] = defaultdict(list)
        self.refused = {(call.contact, history.owner_at(call.sender, call.t))
                        for call in history.simulator.calls.values() if call.code == OPTED_OUT_CODE}
        classified = {event.data.get("text", {}).get("provider_id"): event.data.get("action", "")
                      for event in history.topics["inbound.classified"]}
        for sid in history.inbound:
            self._hear(sid, classified.get(sid, ""))
        for asked in history.platform.asked.values():
            if asked.kind == "opt_out" and asked.acknowledged is not None:
                self.stops[asked.contact].append(
                    Stop(asked.contact, "", frozenset({asked.organisation}), asked.t, asked.acknowledged,
                         f"opt-out {asked.id}", confirmable=False))

    def _hear(self, sid: str, action: str) -> None:
        said, webhook = self.history.said[sid], self.history.inbound[sid]
        if words.is_start(said.body):
            owner = self.history.owner_at(said.sender, said.t)
            self.starts[said.contact].append(
                Start(said.contact, owner, said.t, webhook.first_sent, webhook.acknowledged))
            return
        if not self._means_stop(said, action) or webhook.acknowledged is None:
            return
        covered = self.history.covered_by(said.sender, said.t)
        self.stops[said.contact].append(
            Stop(said.contact, said.sender, None if covered is None else frozenset(covered), webhook.first_sent,
                 webhook.acknowledged, f"stop {sid}", said.body))

    @staticmethod
    def _means_stop(said: Said, action: str) -> bool:
        """By the word; else by what the person means, whatever the gateway takes it for; else by the gateway's word."""
        if words.is_stop(said.body) or said.what == "stop":
            return True
        return said.what == "said" and action == "ACTION_OPTOUT"

    def lifted(self, stop: Stop, organisation: str) -> int | None:
        """The earliest moment at which a START may have lifted it for this organisation."""
        return min((start.begun for start in self.starts[stop.contact]
                    if start.organisation == organisation and (start.acknowledged is None
                                                               or start.acknowledged > stop.acknowledged)),
                   default=None)

    def stands(self, contact: str, organisation: str) -> bool | None:
        """Is the contact opted out when all is at rest? None: which of a stop and a START came last is not known."""
        stops = self.concerns(contact, organisation)
        starts = [start for start in self.starts[contact] if start.organisation == organisation]
        refused = (contact, organisation) in self.refused
        if not starts or not (stops or refused):
            return bool(stops) or refused
        if refused or not all(stop.sender for stop in stops):  # it came to the ledger on another way
            return None
        if max(start.begun for start in starts) > max(stop.acknowledged for stop in stops):
            return False
        started = max(start.acknowledged or UNKNOWN for start in starts)
        return True if max(stop.begun for stop in stops) > started else None

    def explains(self, contact: str, organisation: str, t: int) -> bool:
        """May the gateway have held back a text of this organisation at `t`?"""
        return any(stop.covers(organisation) and stop.begun <= t
                   for stop in self.stops[contact])

    def concerns(self, contact: str, organisation: str) -> list[Stop]:
        return [stop for stop in self.stops[contact] if stop.covers(organisation)]
