"""The scripted desk: answers half of the threads that need attention, through `inbox.commands`."""

import random
import threading

from campaign.platform import Ask, Platform
from judge.events import Decoder

LINES = ["Thank you! We are glad to hear from you.", "Good question, I will find out and write again.",
         "Understood. Have a good day.", "Great, see you there!"]


def answering(thread: dict) -> bool:
    """An answer is under way: the thread needs attention until a carrier has taken it."""
    return not thread.get("newest_is_inbound") and thread.get("newest_out_state") == "REQUEST_STATE_OPEN"


class Desk:
    def __init__(self, platform: Platform, seed: int) -> None:
        self.platform = platform
        self.random = random.Random(seed)
        self.decoder = Decoder()
        self.lock = threading.Lock()
        self.mine: dict[str, bool] = {}  # by thread: this half is answered
        self.due: dict[str, dict] = {}
        self.commands = 0
        self.seen = 0

    def on_line(self, line: str) -> None:
        event = self.decoder.event("inbox.threads", line)
        thread = event.data
        with self.lock:
            self.seen += 1
            if not thread.get("needs_attention") or thread.get("campaign", "").startswith("@") or answering(thread):
                self.due.pop(event.key, None)
                return
            if event.key not in self.mine:
                self.mine[event.key] = self.random.random() < 0.5
            if self.mine[event.key]:
                self.due[event.key] = thread

    def work(self) -> None:
        """Answers what is due as it stood last; a stale answer is refused, and the thread is due again."""
        with self.lock:
            threads, self.due = list(self.due.values()), {}
        asks: list[Ask] = []
        for thread in threads:
            self.commands += 1
            text = f"{self.random.choice(LINES)} ~{self.commands}"
            asks.append(self.platform.answer(f"desk-{self.commands}", thread, text))
        if asks:
            self.platform.ask(asks)
