"""Topics as they were read: lines of JSON CloudEvents, one file per topic, in the order of each partition."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from judge.schema import load
from judge.wire import Malformed, Message, Reader

# What a topic's data is; the others are kept as lines alone.
MESSAGES = {
    "directory": "DirectoryRecord",
    "directory.events": "DirectoryEvent",
    "outbound.events": "OutboundEvent",
    "inbound.classified": "InboundClassified",
    "consent": "ConsentRecord",
    "inbox.events": "InboxEvent",
    "inbox.threads": "ThreadSummary",
}
READ_TOPICS = (*MESSAGES, "dlq")

NOT_HEADERS = {"data", "data_base64", "partitionkey", "position"}


@dataclass(frozen=True)
class Event:
    topic: str
    partition: int
    offset: int
    id: str
    key: str
    attributes: dict[str, str]  # what stood in headers
    data: Message

    @property
    def position(self) -> str:
        return f"{self.topic} {self.partition}:{self.offset}"

    @property
    def time(self) -> int:
        """When the gateway says that it came about, in microseconds."""
        return int(datetime.fromisoformat(self.attributes["time"]).timestamp() * 1e6)


class Decoder:
    def __init__(self) -> None:
        self.reader = Reader(load())

    def event(self, topic: str, line: str) -> Event:
        members = json.loads(line)
        partition, offset = position_of(members)
        return Event(
            topic=topic,
            partition=partition,
            offset=offset,
            id=members.get("id", ""),
            key=members.get("partitionkey", ""),
            attributes={name: str(value) for name, value in members.items() if name not in NOT_HEADERS},
            data=self._data(topic, members),
        )

    def _data(self, topic: str, members: dict[str, object]) -> Message:
        if "data" in members:
            data = members["data"]
            return data if isinstance(data, dict) else {"value": data}
        value = base64.b64decode(str(members.get("data_base64", "")))
        if topic not in MESSAGES:
            return {"value": value.decode(errors="replace")}
        try:
            return self.reader.read(MESSAGES[topic], value)
        except Malformed as torn:
            raise ValueError(f"{topic} {members['position']}: {torn}") from torn


def lines_of(folder: Path, topic: str) -> list[str]:
    file = folder / f"{topic}.lines"
    return file.read_text().splitlines() if file.exists() else []


def position_of(members: dict[str, Any]) -> tuple[int, int]:
    """The partition and the offset of an event's line that was read."""
    partition, offset = members["position"].split(":")
    return int(partition), int(offset)


def begins_of(lines: list[str]) -> dict[int, int]:
    """Where each partition starts."""
    begins: dict[int, int] = {}
    for partition, offset in (position_of(json.loads(line)) for line in lines):
        begins[partition] = min(offset, begins.get(partition, offset))
    return begins


def read_topic(folder: Path, snapshot: int, topic: str, decoder: Decoder) -> list[Event]:
    """As the snapshot has it; what was trimmed before, as it was shown when it came."""
    lines = lines_of(folder / str(snapshot), topic)
    begins = begins_of(lines)
    for line in lines_of(folder / "live", topic):
        partition, offset = position_of(json.loads(line))
        if offset < begins.get(partition, 1 << 63):
            lines.append(line)
    events = [decoder.event(topic, line) for line in lines]
    return sorted(events, key=lambda event: (event.partition, event.offset))
