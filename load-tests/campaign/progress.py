"""Which of the requests have ended, by the events as they come."""

import threading

from judge.events import Decoder


class Progress:
    def __init__(self) -> None:
        self.decoder = Decoder()
        self.lock = threading.Lock()
        self.ended: set[tuple[str, str]] = set()  # organisation, request id
        self.unknown: set[tuple[str, str]] = set()
        self.accepted: set[tuple[str, str]] = set()
        self.seen = 0

    def on_line(self, line: str) -> None:
        data = self.decoder.event("outbound.events", line).data
        key = (data.get("organisation", ""), data.get("request_id", ""))
        kind = data.get("kind")
        with self.lock:
            self.seen += 1
            if kind == "KIND_ACCEPTED":
                self.accepted.add(key)
            elif kind in ("KIND_ENDED", "KIND_CORRECTED"):
                self.ended.add(key)
                if data.get("state") == "REQUEST_STATE_UNKNOWN":
                    self.unknown.add(key)
                else:
                    self.unknown.discard(key)

    def all_ended(self) -> bool:
        with self.lock:
            return self.accepted <= self.ended and not self.unknown

    def missing(self, keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
        with self.lock:
            return keys - self.ended
