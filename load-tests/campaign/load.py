"""Steady load for the kill campaign: keeps a number of texts in flight, to new contacts and to those texted before."""

from campaign.platform import Ask, Platform
from campaign.progress import Progress
from campaign.settings import ORGANISATIONS, contact_number

IN_FLIGHT = 1500
AT_ONCE = 300  # in one go, so that a lost connection loses little
TO_KNOWN = 0.3  # of the texts: the second step, to a contact who may have said stop
TO_BOTH = 0.1
CANCELLED = 0.02


class Load:
    def __init__(self, platform: Platform, progress: Progress) -> None:
        self.platform = platform
        self.progress = progress
        self.random = platform.settings.random
        self.asked: set[tuple[str, str]] = set()
        self.contacts = 0
        self.texted: list[tuple[str, str]] = []  # organisation and contact after the first step

    def in_flight(self) -> int:
        return len(self.progress.missing(self.asked))

    def feed(self) -> None:
        missing = min(AT_ONCE, IN_FLIGHT - self.in_flight())
        asks: list[Ask] = []
        while len(asks) < missing:
            asks += self._next()
        if asks:
            self.platform.ask(asks)

    def _next(self) -> list[Ask]:
        organisations = list(ORGANISATIONS)
        if self.texted and self.random.random() < TO_KNOWN:
            at = self.random.randrange(len(self.texted))
            self.texted[at], self.texted[-1] = self.texted[-1], self.texted[at]
            return self._send(*self.texted.pop(), "two")
        self.contacts += 1
        contact = contact_number(self.contacts)
        chosen = organisations if self.random.random() < TO_BOTH else [self.random.choice(organisations)]
        self.texted += [(organisation, contact) for organisation in chosen]
        return [ask for organisation in chosen for ask in self._send(organisation, contact, "one")]

    def _send(self, organisation: str, contact: str, step: str) -> list[Ask]:
        id = f"{step}-{len(self.asked)}"
        ask = self.platform.send(id, organisation, contact, step)
        self.asked.add((organisation, id))
        if self.random.random() < CANCELLED:
            return [ask, self.platform.cancel(f"cancel-{id}", ask)]
        return [ask]
