"""The platform: puts events on public topics, and records each with the moment of its acknowledgement."""

import datetime
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaign.record import Record, now_us
from campaign.settings import Settings
from campaign.topics import Connection, Gone, produce_line

ABOUT_TO_STOP = "error: about to stop"  # not taken, and nothing is wrong with it


def timestamp(seconds: float) -> str:
    at = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Ask:
    """What the record says of it, and the event that is put on the topic."""

    topic: str
    id: str
    kind: str
    organisation: str
    contact: str
    data: dict[str, Any]
    about: dict[str, Any]  # campaign, step, text, cancels, wrong
    with_time: bool = True
    t: int = 0

    def event(self) -> dict[str, Any]:
        event = {"specversion": "1.0", "id": self.id, "source": "/campaign", "type": f"org.whistlestop.{self.kind}.v1",
                 "data": self.data}
        return {**event, "time": timestamp(time.time())} if self.with_time else event


class Platform:
    """Writes as one connection; answers come back in the order of the lines. Survives the gateway's restarts."""

    def __init__(self, settings: Settings, record: Record) -> None:
        self.settings = settings
        self.record = record
        self.connection: Connection | None = None
        self.waiting: deque[Ask] = deque()
        self.lock = threading.Lock()
        self.acknowledged = 0
        self.refused: list[str] = []
        self.turned_away: list[Ask] = []  # by a gateway that was about to stop
        self.reader: threading.Thread | None = None
        for account in settings.accounts:
            record.write("account", name=account.name, segments_per_second=account.segments_per_second)

    def connect(self, socket: Path) -> None:
        self.connection = Connection(socket)
        self.reader = threading.Thread(target=self._read, args=(self.connection,), daemon=True)
        self.reader.start()

    def disconnect(self) -> list[Ask]:
        """What was asked and never acknowledged: nobody knows whether it was taken."""
        if self.connection is not None:
            self.connection.close()
        if self.reader is not None:
            self.reader.join()
        with self.lock:
            lost, self.waiting = self.turned_away + list(self.waiting), deque()
            self.turned_away = []
        for ask in lost:
            self._write(ask, None, "")
        return lost

    def ask(self, asks: list[Ask]) -> None:
        """Gone is only raised where nothing has been noted: what was noted is in disconnect()'s answer."""
        assert self.connection is not None
        lines = []
        with self.lock:
            for one in asks:
                one.t = now_us()
                self.waiting.append(one)
                lines.append(produce_line(one.topic, one.event()))
        try:
            self.connection.write("".join(lines))
        except Gone:
            pass

    def _read(self, connection: Connection) -> None:
        for line in connection.rest():
            with self.lock:
                ask = self.waiting.popleft()
            if line == ABOUT_TO_STOP:
                self.turned_away.append(ask)
            elif line.startswith("error: "):
                self.refused.append(f"{ask.topic} {ask.id}: {line}")
            else:
                self._write(ask, now_us(), line)
                self.acknowledged += 1

    def _write(self, ask: Ask, acknowledged: int | None, position: str) -> None:
        self.record.write("asked", topic=ask.topic, id=ask.id, kind=ask.kind, organisation=ask.organisation,
                          contact=ask.contact, t=ask.t, acknowledged=acknowledged, position=position, **ask.about)

    def outstanding(self) -> int:
        with self.lock:
            return len(self.waiting)

    def settle(self, within_s: float = 30.0) -> None:
        until = time.monotonic() + within_s
        while self.outstanding() and time.monotonic() < until:
            time.sleep(0.01)

    # --- what can be asked ----------------------------------------------------------------------------------------

    def directory(self) -> list[Ask]:
        return [Ask("directory.commands", id, "put", organisation, "", data, {})
                for id, organisation, data in self.settings.directory()]

    def send(self, id: str, organisation: str, contact: str, step: str, **more: Any) -> Ask:
        campaign = more.pop("campaign", self.settings.campaign_of(organisation).id)
        text = more.pop("text", None) or self.settings.text(organisation, f"#{id}")
        data = {"organisation": organisation, "contact": contact,
                "send": {"campaign": campaign, "step": step, "text": text, "started_by": "volunteer-1"}}
        if expires := more.get("expires_at_ms"):
            data["send"]["expires_at_ms"] = str(expires)
        return Ask("outbound.requests", id, "send", organisation, contact, data,
                   {"campaign": campaign, "step": step, "text": text, **more})

    def cancel(self, id: str, request: Ask) -> Ask:
        data = {"organisation": request.organisation, "contact": request.contact, "cancel": {"request_id": request.id}}
        return Ask("outbound.requests", id, "cancel", request.organisation, request.contact, data,
                   {"cancels": request.id})

    def opt_out(self, id: str, organisation: str, contact: str) -> Ask:
        data = {"organisation": organisation, "contact": contact,
                "opt_out": {"cause": "CAUSE_MANUAL", "evidence": "asked at the door", "by": "volunteer-1"}}
        return Ask("consent.commands", id, "opt_out", organisation, contact, data, {})

    def answer(self, id: str, thread: dict[str, Any], text: str) -> Ask:
        data = {"organisation": thread["organisation"], "campaign": thread["campaign"], "contact": thread["contact"],
                "answer": {"text": text, "by": "volunteer-2", "thread_version": str(thread.get("version", 0))}}
        return Ask("inbox.commands", id, "answer", thread["organisation"], thread["contact"], data,
                   {"campaign": thread["campaign"], "text": text, "version": thread.get("version", 0)})
