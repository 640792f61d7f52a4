"""Law `once`: per request, per campaign step and contact, and per stop at most one text that the carrier took."""

from collections import defaultdict

from judge.history import History
from judge.stops import Stops
from judge.verdict import Verdict


def judge_once(history: History, stops: Stops) -> Verdict:
    verdict = Verdict("once")
    steps: dict[tuple[str, str, str], int] = defaultdict(int)
    for request in history.requests.values():
        taken = len(request.taken)
        verdict.check(taken <= 1, f"{request}: taken {taken} times")
        if request.asked.kind == "send":
            steps[(request.asked.campaign, request.asked.step, request.contact)] += taken
    for (campaign, step, _), taken in steps.items():
        verdict.check(taken <= 1, f"step {campaign}/{step}: {taken} texts to one contact")
    _confirmations(verdict, history, stops)
    return verdict


def _confirmations(verdict: Verdict, history: History, stops: Stops) -> None:
    """A stop that stands already is not confirmed again; after a START the next one is."""
    confirmed: dict[tuple[str, str], int] = defaultdict(int)
    for call in history.automatic:
        if call.taken:
            confirmed[(call.contact, history.owner_at(call.sender, call.t))] += 1
    for (contact, organisation), taken in confirmed.items():
        heard = [stop for stop in stops.concerns(contact, organisation) if stop.confirmable]
        starts = sum(start.organisation == organisation for start in stops.starts[contact])
        allowed = min(len(heard), 1 + starts)
        verdict.check(taken <= allowed,
                      f"{organisation}: {taken} texts that nobody asked for, {allowed} stops to confirm")
