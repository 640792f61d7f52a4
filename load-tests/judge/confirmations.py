"""The confirmations of stops: one where a text said stop first, none where the carrier answered it, none besides."""

from collections import defaultdict

from judge import words
from judge.history import History
from judge.simulator import Call
from judge.stops import CONFIRM_WITHIN, Stop, Stops
from judge.verdict import Verdict

TO_CONFIRM = 60_000_000  # so long the gateway must have been there, for a confirmation to be owed


def judge_confirmations(verdict: Verdict, history: History, stops: Stops) -> None:
    calls: dict[tuple[str, str], list[Call]] = defaultdict(list)  # by contact and organisation
    for call in history.automatic:
        calls[(call.contact, history.owner_at(call.sender, call.t))].append(call)
    for (contact, organisation), automatic in calls.items():
        _at_most(verdict, stops, contact, organisation, sum(call.taken for call in automatic))
    for contact in stops.stops:
        for organisation in {history.owner_at(stop.sender, stop.begun) for stop in stops.stops[contact]} - {""}:
            stop = _only_stop(stops, contact, organisation)
            if stop is not None:
                _confirmed(verdict, history, stop, organisation, calls[(contact, organisation)])


def _at_most(verdict: Verdict, stops: Stops, contact: str, organisation: str, taken: int) -> None:
    """A stop that stands already is not confirmed again; after a START the next one is."""
    heard = [stop for stop in stops.concerns(contact, organisation) if stop.confirmable]
    starts = sum(start.organisation == organisation for start in stops.starts[contact])
    allowed = min(len(heard), 1 + starts)
    verdict.check(taken <= allowed,
                  f"{organisation}: {taken} texts that nobody asked for, {allowed} stops to confirm")


def _only_stop(stops: Stops, contact: str, organisation: str) -> Stop | None:
    """In one of the words, where nothing else can have stood before it or lifted it. Else it is not certain."""
    heard = stops.concerns(contact, organisation)
    certain = len(heard) == 1 and not stops.starts[contact] and (contact, organisation) not in stops.refused
    return heard[0] if certain and words.is_stop(heard[0].body) else None


def _confirmed(verdict: Verdict, history: History, stop: Stop, organisation: str, automatic: list[Call]) -> None:
    if _answers_itself(history, stop):
        verdict.check(not automatic, f"{organisation}: {stop.what} is confirmed, and the carrier had answered it")
    elif _had_time(history, stop):
        verdict.check(any(call.sender == stop.sender for call in automatic),
                      f"{organisation}: {stop.what} is never confirmed")


def _answers_itself(history: History, stop: Stop) -> bool:
    """The carrier hears a word alone, in any case, between blanks."""
    keywords = history.senders.get(stop.sender, {}).get("keywords", {})
    return keywords.get("answered", False) and stop.body.strip().upper() in keywords.get("handled", [])


def _had_time(history: History, stop: Stop) -> bool:
    """A confirmation is owed for five minutes, of which the gateway may have been down for some."""
    until = stop.begun + CONFIRM_WITHIN
    down = sum(max(0, min(down.up, until) - max(down.t, stop.begun)) for down in history.platform.downs)
    return CONFIRM_WITHIN - down >= TO_CONFIRM
