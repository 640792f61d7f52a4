"""What stands in `inbox.threads` and in `consent` at the end, against what phones got and wrote: a part of law `kept`.

A text that names no campaign belongs to the latest text between its contact and its sender. Where two are so close that
nobody outside can tell which was first, either thread may have it. That every one is somewhere is counted per contact.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from judge.events import Event
from judge.history import History, Request
from judge.newest import Text, judge_newest, text_of
from judge.stops import Stops
from judge.verdict import Verdict
from judge.wire import Message

CATCH_ALL = "@catchall"
UNOWNED = "@unowned"

Place = tuple[str, str, str]  # campaign, organisation, contact


@dataclass
class Conversation:
    texts_in: int = 0
    texts_out: int = 0
    unsure: int = 0  # texts that may be another thread's
    answers: list[Request] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def add(self, text: Text) -> None:
        self.texts.append(text)
        self.texts_in += text.inbound
        self.texts_out += not text.inbound


def judge_threads(verdict: Verdict, history: History, stops: Stops) -> None:
    expected = _Outside(history).conversations
    threads: dict[Place, Event] = {}
    for event in {event.key: event for event in history.topics["inbox.threads"]}.values():
        threads[_place_of(event)] = event
        verdict.check(event.key == f"{event.data.get('campaign', '')}/{event.data.get('contact', '')}",
                      f"{event.position}: its key names another thread")
        # Empty is one whose texts have gone home since.
        verdict.check(_place_of(event) in expected or not _shows_anything(event.data),
                      f"{event.position}: a conversation that nobody had")
    for place, conversation in expected.items():
        texts = conversation.texts_in + conversation.texts_out
        if place not in threads:
            verdict.check(texts == 0, f"{place[0]}: {texts} texts, and no thread")
            continue
        _counts(verdict, conversation, threads[place])
        if conversation.unsure == 0:
            judge_newest(verdict, conversation.texts, threads[place])
        opted_out = stops.stands(place[2], place[1])
        if opted_out is not None:
            _tells(verdict, threads[place], "opted_out", opted_out)
    _attention(verdict, history, stops, expected, threads)


def judge_ledger(verdict: Verdict, history: History, stops: Stops) -> None:
    """Who said stop stands in `consent` in the end, and nobody else does."""
    newest = {(standing.get("organisation"), standing.get("contact")): bool(standing.get("entries"))
              for event in history.topics["consent"] if (standing := event.data.get("standing"))}
    organisations = {request.organisation for request in history.requests.values()}
    for contact in history.by_contact.keys() | stops.stops.keys():
        for organisation in organisations:
            stands = newest.get((organisation, contact), False) or newest.get(("*", contact), False)
            if (expected := stops.stands(contact, organisation)) is not None:
                verdict.check(stands == expected, f"{organisation}: a contact is opted out: {expected}; "
                                                  f"in consent: {stands}")


def _place_of(event: Event) -> Place:
    campaign, organisation = event.data.get("campaign", ""), event.data.get("organisation", "")
    return CATCH_ALL if campaign.startswith(CATCH_ALL) else campaign, organisation, event.data.get("contact", "")


def _shows_anything(thread: Message) -> bool:
    return any(thread.get(name) for name in ("texts_in", "texts_out", "needs_attention"))


def _counts(verdict: Verdict, expected: Conversation, event: Event) -> None:
    for name, least in (("texts_in", expected.texts_in), ("texts_out", expected.texts_out)):
        counted = event.data.get(name, 0)
        verdict.check(least <= counted <= least + expected.unsure,
                      f"{event.position}: {name} {counted}, really {least}")


def _tells(verdict: Verdict, event: Event, name: str, really: bool) -> None:
    told = event.data.get(name, False)
    verdict.check(told == really, f"{event.position}: {name} {told}, really {really}")


def _attention(verdict: Verdict, history: History, stops: Stops, expected: dict[Place, Conversation],
               threads: dict[Place, Event]) -> None:
    """Who is not opted out and wrote more than was shown to whoever answered last waits for somebody."""
    shown = {(event.key, event.data.get("version", 0)): event.data.get("texts_in", 0)
             for event in history.topics["inbox.threads"]}
    for place, event in threads.items():
        opted_out = stops.stands(place[2], place[1])
        if place not in expected or expected[place].unsure or opted_out is None:
            continue
        answered = [shown.get((event.key, answer.asked.version)) for answer in expected[place].answers
                    if _has_arrived(history, answer)]
        if None not in answered:  # else what they answered is not known any more
            waits = expected[place].texts_in > max((texts for texts in answered if texts is not None), default=0)
            _tells(verdict, event, "needs_attention", waits and not opted_out)


def _has_arrived(history: History, answer: Request) -> bool:
    """An answer that the carrier took and then lost is none."""
    return any(history.simulator.final.get(call.sid or "") == "delivered" for call in answer.taken)


class _Outside:
    """The conversations by what was asked, called and said."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.conversations: dict[Place, Conversation] = defaultdict(Conversation)
        self.texted: dict[tuple[str, str], list[tuple[int, Request]]] = defaultdict(list)  # by contact and sender
        answered = {event.data.get("command_id") for event in history.topics["inbox.events"]
                    if event.data.get("accepted")}
        for request in history.requests.values():
            is_answer = request.asked.kind == "answer" and request.asked.id in answered
            if is_answer or request.calls or request.of_kind("ACCEPTED"):
                self._request(request)
        for sid, webhook in history.inbound.items():
            if webhook.acknowledged is not None:
                said = history.said[sid]
                self._homeless(said.contact, said.sender,
                               Text(webhook.first_sent, webhook.acknowledged, said.body, inbound=True))
        for event in history.foreign:
            if event.data.get("kind") == "KIND_ACCEPTED":
                contact, sender = event.data.get("contact", ""), event.data.get("sender", "")
                at = event.data.get("at_ms", 0) * 1000
                self._homeless(contact, sender, Text(at, at, self._confirmation(contact, sender)))

    def _request(self, request: Request) -> None:
        conversation = self.conversations[_home_of(request)]
        conversation.add(text_of(request))
        if request.asked.kind == "answer":
            conversation.answers.append(request)
        begun = {event.data.get("sender", ""): event.data.get("at_ms", 0) * 1000
                 for event in request.of_kind("ACCEPTED")}
        for call in request.calls:
            begun.setdefault(call.sender, call.t)
        for sender, t in begun.items():
            self.texted[(request.contact, sender)].append((t, request))

    def _confirmation(self, contact: str, sender: str) -> str | None:
        bodies = [call.body for call in self.history.automatic if (call.contact, call.sender) == (contact, sender)]
        return bodies[0] if len(bodies) == 1 else None

    def _homeless(self, contact: str, sender: str, text: Text) -> None:
        """It names no campaign."""
        before = [request for t, request in self.texted[(contact, sender)] if t <= text.until]
        homes = {_home_of(request) for request in before}
        sure = any(call.sender == sender and call.t < text.begun for request in before for call in request.taken)
        if not sure:
            owner = self.history.owner_at(sender, text.until)
            homes.add((CATCH_ALL if owner else UNOWNED, owner, contact))
        if len(homes) == 1:
            self.conversations[homes.pop()].add(text)
            return
        for home in homes:
            self.conversations[home].unsure += 1


def _home_of(request: Request) -> Place:
    return request.asked.campaign, request.organisation, request.contact
