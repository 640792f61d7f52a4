"""What the demo's platform asks for: two steps to everybody, and the requests that must not go or not go twice."""

import time
from collections.abc import Iterator

from campaign.platform import Ask, Platform
from campaign.settings import ORGANISATIONS, contact_number

CONTACTS = 2000
SHARED = 200

REPEATED = 40  # asked twice with one id
TWINS = 40  # another id for a step that was sent
CANCELLED = 40
EXPIRING = 25
OPTED_OUT = 12  # by command
WRONG_OF_EACH = 5


def members(organisation: str) -> range:
    """The contacts of an organisation, by index: the middle SHARED are in both."""
    half = (CONTACTS + SHARED) // 2
    first = list(ORGANISATIONS)[0] == organisation
    return range(half) if first else range(CONTACTS - half, CONTACTS)


class Script:
    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.expected: set[tuple[str, str]] = set()  # these will end
        self.first: list[Ask] = []

    def _send(self, organisation: str, index: int, step: str, **more: object) -> Ask:
        id = str(more.pop("id", f"{step}-{organisation}-{index}"))
        ask = self.platform.send(id, organisation, contact_number(index), step, **more)
        if more.get("wrong") != "dlq":
            self.expected.add((organisation, id))
        return ask

    def _step(self, step: str) -> Iterator[Ask]:
        for organisation in ORGANISATIONS:
            for index in members(organisation):
                yield self._send(organisation, index, step)

    def step_one(self) -> list[Ask]:
        self.first = list(self._step("one"))
        self.platform.settings.random.shuffle(self.first)
        return self.first

    def step_two(self) -> list[Ask]:
        """While the first answers come in; some of it is cancelled at once, some repeated, some has another id."""
        asks = list(self._step("two"))
        self.platform.settings.random.shuffle(asks)
        asks += [self.platform.cancel(f"cancel-{ask.id}", ask) for ask in asks[-CANCELLED:]]
        return asks + self.repeats() + self._twins() + self._wrong()

    def repeats(self) -> list[Ask]:
        return [Ask(ask.topic, ask.id, ask.kind, ask.organisation, ask.contact, ask.data, ask.about)
                for ask in self.first[:REPEATED]]

    def _twins(self) -> list[Ask]:
        return [self._send(ask.organisation, int(ask.id.rsplit("-", 1)[1]), "one", id=f"twin-{ask.id}")
                for ask in self.first[REPEATED : REPEATED + TWINS]]

    def expiring(self) -> list[Ask]:
        at = int((time.time() + 1.0) * 1000)
        return [self._send("riverside", index, "short", expires_at_ms=at) for index in range(EXPIRING)]

    def opt_outs(self) -> list[Ask]:
        return [self.platform.opt_out(f"by-hand-{index}", "eastside", contact_number(CONTACTS - 1 - index))
                for index in range(OPTED_OUT)]

    def _wrong(self) -> list[Ask]:
        asks = []
        for index in range(WRONG_OF_EACH):
            asks.append(self._send("riverside", index, "bad", id=f"bad-campaign-{index}", campaign="nobody-knows-it",
                                   wrong="campaign"))
            asks.append(self._send("riverside", index, "bad", id=f"bad-owner-{index}", campaign="eastside-vote",
                                   wrong="campaign"))
            asks.append(self._send("riverside", index, "", id=f"bad-step-{index}", wrong="step"))
            late = self._send("riverside", index, "bad", id=f"bad-time-{index}", wrong="dlq")
            late.with_time = False
            asks.append(late)
        return asks
