"""A small recorded history that holds, for the tests to spoil.

Two organisations, one sender each, COUNT contacts whom both text. Those with an even number say stop to `north`, the
others answer twice, and the desk answers half of them once.
"""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from judge.events import READ_TOPICS

COUNT = 24
BEGIN = 1_800_000_000_000_000
CONFIRMATION = "North: You are opted out. No more texts from us."
SENDERS = {"north": "+15550000001", "south": "+15550000002"}

Line = dict[str, Any]


def contact(index: int) -> str:
    return f"+1555010{index:04}"


def newest_in(text: str) -> Line:
    """In a thread."""
    return {"newest_text": text, "newest_is_inbound": True}


def newest_out(text: str, state: str = "SENT", delivery: str = "DELIVERED") -> Line:
    return {"newest_text": text, "newest_out_state": f"REQUEST_STATE_{state}",
            "newest_out_delivery": f"DELIVERY_STATE_{delivery}"}


class Recording:
    def __init__(self) -> None:
        self.simulator: list[Line] = []
        self.platform: list[Line] = []
        self.topics: dict[str, list[Line]] = {topic: [] for topic in READ_TOPICS}
        self.after: dict[str, list[Line]] | None = None  # the second reading, where it differs
        self.live: list[tuple[str, Line]] = []
        self.outside = {"gateway.log": "".join(f"event=cycle number={number}\n" for number in range(30))}
        self.now = BEGIN
        self.calls = 0
        self._directory()
        for index in range(COUNT):
            self._contact(index)
        self._strangers()

    # --- what happens ---------------------------------------------------------------------------------------------

    def pass_ms(self, ms: int) -> int:
        self.now += ms * 1000
        return self.now

    def event(self, topic: str, key: str, data: Line, **attributes: str) -> None:
        lines = self.topics[topic]
        time = datetime.fromtimestamp(self.now / 1e6, UTC).isoformat()
        lines.append({"id": f"{topic}/{len(lines)}", "time": time, "partitionkey": key, "position": f"0:{len(lines)}",
                      "data": data, **attributes})

    def ask(self, topic: str, id: str, kind: str, organisation: str, to: str, **more: Any) -> None:
        t = self.pass_ms(1)
        self.platform.append({"event": "asked", "topic": topic, "id": id, "kind": kind, "organisation": organisation,
                              "contact": to, "t": t, "acknowledged": self.pass_ms(2), "position": "0:1", **more})

    def out(self, request: Line, kind: str, state: str, **more: Any) -> None:
        self.event("outbound.events", request["contact"],
                   {"kind": f"KIND_{kind}", "request_id": request["id"], "organisation": request["organisation"],
                    "contact": request["contact"], "state": f"REQUEST_STATE_{state}", "at_ms": self.now // 1000,
                    "sender": SENDERS[request["organisation"]], "class": "TEXT_CLASS_FIRST", **more})

    def call(self, organisation: str, to: str, body: str) -> str:
        self.calls += 1
        sid = f"SM{self.calls:08}"
        t = self.pass_ms(1100)
        self.simulator.append({"event": "call", "t": t, "call": self.calls, "account": organisation,
                               "from": SENDERS[organisation], "to": to, "body": body, "segments": 1})
        self.simulator.append({"event": "outcome", "t": t + 50_000, "call": self.calls, "sid": sid, "taken": True,
                               "answer": "http", "http": 201, "code": 0, "fault": None})
        self.simulator.append({"event": "phone_got", "t": t + 60_000, "sid": sid, "from": SENDERS[organisation],
                               "to": to, "body": body, "auto": False})
        self.simulator.append({"event": "final", "t": t + 60_000, "sid": sid, "status": "delivered", "code": 0})
        for status in ("sent", "delivered"):
            self.webhook("status", sid, status)
        return sid

    def webhook(self, kind: str, sid: str, status: str | None) -> None:
        sent = self.pass_ms(5)
        self.simulator.append({"event": "webhook", "kind": kind, "account": "north", "sid": sid, "status": status,
                               "attempt": 1, "t_sent": sent, "t": self.pass_ms(5), "http": 200, "failure": None})

    def send(self, request: Line) -> None:
        self.out(request, "ACCEPTED", "OPEN")
        self.call(request["organisation"], request["contact"], request["text"])
        self.out(request, "ENDED", "SENT")
        self.out(request, "DELIVERY", "SENT", delivery="DELIVERY_STATE_DELIVERED")

    def request(self, organisation: str, step: str, index: int) -> Line:
        request = {"id": f"{organisation}-{step}-{index}", "organisation": organisation, "contact": contact(index),
                   "text": f"Will you vote on Tuesday? {organisation} {step} {index:04}"}
        self.ask("outbound.requests", request["id"], "send", organisation, contact(index),
                 campaign=f"{organisation}-vote", step=step, text=request["text"])
        return request

    def say(self, index: int, body: str, action: str, what: str = "said") -> None:
        sid = f"MO{index:04}{self.now % 1000000:06}"
        self.simulator.append({"event": "phone_said", "t": self.pass_ms(500), "sid": sid, "from": contact(index),
                               "to": SENDERS["north"], "body": body, "what": what})
        self.webhook("inbound", sid, None)
        self.event("inbound.classified", contact(index),
                   {"text": {"provider_id": sid, "contact": contact(index), "sender": SENDERS["north"], "body": body},
                    "action": f"ACTION_{action}"})

    def opt_out(self, organisation: str, index: int) -> None:
        self.event("consent", f"{organisation}/{contact(index)}",
                   {"standing": {"organisation": organisation, "contact": contact(index), "entries": [{}]}})

    def show(self, organisation: str, index: int, campaign: str = "", **thread: Any) -> None:
        campaign = campaign or f"{organisation}-vote"
        self.event("inbox.threads", f"{campaign}/{contact(index)}",
                   {"organisation": organisation, "campaign": campaign, "contact": contact(index), **thread})

    # --- the campaign ---------------------------------------------------------------------------------------------

    def _directory(self) -> None:
        for organisation, number in SENDERS.items():
            self.platform.append({"event": "account", "name": organisation, "segments_per_second": 1})
            self.event("directory", "", {"sender": {
                "number": number, "account": organisation, "segments_per_second": 1,
                "owners": [{"organisation": organisation, "since_ms": BEGIN // 1000}]}})
            self.ask("directory.commands", f"put-{organisation}", "put", organisation, "")
            self.event("directory.events", "", {"command_id": f"put-{organisation}", "accepted": True})

    def _contact(self, index: int) -> None:
        self.send(self.request("north", "one", index))
        stops = index % 2 == 0
        if stops:
            self.say(index, " Stop. ", "OPTOUT")
            self.opt_out("north", index)
            self._confirm(index)
        else:
            self.say(index, "Yes, count me in", "NONE")
            self.say(index, "Where is my polling place?", "NONE")
            if index % 4 == 1:
                self._answer(index)
        self.pass_ms(2000)
        second = self.request("north", "two", index)
        if stops:
            self.pass_ms(2000)
            self.out(second, "ENDED", "SUPPRESSED")
        else:
            self.send(second)
        other = self.request("south", "one", index)
        self.send(other)
        if stops:
            self.show("north", index, version=2, texts_in=1, texts_out=2, opted_out=True, **newest_out(CONFIRMATION))
        else:
            answered = index % 4 == 1
            self.show("north", index, version=2, texts_in=2, texts_out=3 if answered else 2,
                      needs_attention=not answered, **newest_out(second["text"]))
        self.show("south", index, version=1, texts_out=1, **newest_out(other["text"]))

    def _confirm(self, index: int) -> None:
        text = {"id": f"confirm/{index}", "organisation": "north", "contact": contact(index)}
        self.out(text, "ACCEPTED", "OPEN", **{"class": "TEXT_CLASS_CONFIRMATION"})
        self.call("north", contact(index), CONFIRMATION)
        self.out(text, "ENDED", "SENT", **{"class": "TEXT_CLASS_CONFIRMATION"})

    def _answer(self, index: int) -> None:
        text = f"Thank you, see you there {index:04}"
        self.show("north", index, version=1, texts_in=2, texts_out=1, needs_attention=True)
        self.ask("inbox.commands", f"desk-{index}", "answer", "north", contact(index), campaign="north-vote", text=text,
                 version=1)
        self.event("inbox.events", contact(index), {"command_id": f"desk-{index}", "accepted": True})
        self.send({"id": f"answer/desk-{index}", "organisation": "north", "contact": contact(index), "text": text})

    def _strangers(self) -> None:
        replayed = [line["sid"] for line in self.simulator if line["event"] == "phone_said"]
        for number in range(12):
            self.platform.append({"event": "stranger", "what": "unsigned", "t": self.pass_ms(1), "http": 403,
                                  "contact": f"+1555999{number:04}", "sid": f"SMFORGED{number}"})
            self.platform.append({"event": "stranger", "what": "replayed", "t": self.pass_ms(1), "http": 200,
                                  "contact": "", "sid": replayed[number]})
        self.platform.append({"event": "snapshot", "number": 1, "t": self.pass_ms(1000), "quiet": False})
        self.platform.append({"event": "snapshot", "number": 2, "t": self.pass_ms(5000), "quiet": True})

    # --- for tests ------------------------------------------------------------------------------------------------

    def find(self, lines: list[Line], **members: Any) -> Line:
        """The first line with these members."""
        return next(line for line in lines if all(line.get(name) == value for name, value in members.items()))

    def outbound(self, kind: str, number: int = 0) -> Line:
        found = [line for line in self.topics["outbound.events"] if line["data"]["kind"] == f"KIND_{kind}"]
        return found[number]

    def thread(self, organisation: str, index: int) -> Line:
        """As it stands in the end."""
        key = f"{organisation}-vote/{contact(index)}"
        return [line for line in self.topics["inbox.threads"] if line["partitionkey"] == key][-1]["data"]

    def write(self, folder: Path) -> None:
        def put(file: Path, lines: list[Line]) -> None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(json.dumps(line) + "\n" for line in lines))

        put(folder / "simulator.jsonl", self.simulator)
        put(folder / "platform.jsonl", self.platform)
        for topic in READ_TOPICS:
            put(folder / "read" / "1" / f"{topic}.lines", self.topics[topic])
            put(folder / "read" / "2" / f"{topic}.lines", (self.after or self.topics)[topic])
        for topic, line in self.live:
            put(folder / "read" / "live" / f"{topic}.lines", [line])
        for name, text in self.outside.items():
            (folder / "outside").mkdir(exist_ok=True)
            (folder / "outside" / name).write_text(text)


Spoil = Callable[[Recording], None]


def spoiled_after(recording: Recording) -> dict[str, list[Line]]:
    """The second reading, as a copy to change."""
    recording.after = copy.deepcopy(recording.topics)
    return recording.after
