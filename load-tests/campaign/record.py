"""The platform's record: what the player asked, posted and saw, as JSON lines."""

import json
import threading
import time
from pathlib import Path
from typing import Any


def now_us() -> int:
    return time.time_ns() // 1000


class Record:
    def __init__(self, file: Path) -> None:
        self.file = file.open("a")
        self.lock = threading.Lock()

    def write(self, event: str, **members: Any) -> None:
        line = json.dumps({"event": event, **members}, ensure_ascii=False) + "\n"
        with self.lock:
            self.file.write(line)

    def close(self) -> None:
        with self.lock:
            self.file.close()
