"""How requests end: once, as what really happened to them, and for a reason that is known outside the gateway."""

from judge.history import REPORTED, History, Request
from judge.simulator import Call
from judge.stops import OPTED_OUT_CODE, Stops
from judge.verdict import Verdict

EXPIRY_GRACE = 1_000_000  # between the gateway's look at its clock and the call's first bytes


def judge_ends(verdict: Verdict, history: History, stops: Stops) -> None:
    for request in history.requests.values():
        if request.asked.kind == "send" and (request.asked.acknowledged is not None or request.events):
            _ends_once(verdict, history, request)
            _goes_in_time(verdict, request)
    for request in history.requests.values():
        if request.events or request.calls:
            _ends_right(verdict, history, stops, request)
    _refused_calls(verdict, history)


def _ends_once(verdict: Verdict, history: History, request: Request) -> None:
    if request.asked.wrong == "dlq":
        dead = sum(event.id == request.id for event in history.topics["dlq"])
        verdict.check(dead == 1 and not request.events, f"{request}: {dead} dead letters, {len(request.events)} events")
        return
    ended, corrected = request.of_kind("ENDED"), request.of_kind("CORRECTED")
    verdict.check(len(ended) == 1, f"{request}: ended {len(ended)} times")
    if corrected:
        first = ended[0].data.get("state") if ended else None
        verdict.check(len(corrected) == 1 and first == "REQUEST_STATE_UNKNOWN",
                      f"{request}: corrected {len(corrected)} times after {first}")
    if request.asked.wrong:
        verdict.check(request.state == "REJECTED" and not request.calls,
                      f"{request}: its {request.asked.wrong} is wrong, ended {request.state}, "
                      f"called {len(request.calls)} times")


def _goes_in_time(verdict: Verdict, request: Request) -> None:
    if request.asked.expires_at_ms:
        last = request.asked.expires_at_ms * 1000 + EXPIRY_GRACE
        verdict.check(all(call.t <= last for call in request.calls), f"{request}: called after it had expired")


def _ends_right(verdict: Verdict, history: History, stops: Stops, request: Request) -> None:
    state = request.state
    verdict.check(bool(request.taken) == (state == "SENT"),
                  f"{request}: ended {state or 'not at all'}, taken {len(request.taken)} times")
    if state == "SENT":
        for call in request.taken:
            final = history.simulator.final.get(call.sid or "")
            verdict.check(final is not None and request.delivery == REPORTED[final],
                          f"{request}: {final} at the carrier, delivery {request.delivery}")
    else:
        verdict.check(_is_explained(history, stops, request), f"{request}: {state or 'open'} without a reason")


def _is_explained(history: History, stops: Stops, request: Request) -> bool:
    """Why it was not sent, by what is known outside the gateway."""
    closing = (request.of_kind("CORRECTED") or request.of_kind("ENDED"))[-1:]
    if not closing or request.state == "UNKNOWN":
        return False
    at = closing[0].data.get("at_ms", 0)
    reasons = {
        "SUPPRESSED": stops.explains(request.contact, request.organisation, at * 1000 + 999)
                      or any(_is_blocked(history, call) for call in request.calls),
        "CANCELLED": (request.organisation, request.contact, request.id) in history.cancelled,
        "EXPIRED": 0 < request.asked.expires_at_ms <= at,
        "REJECTED": any(_is_refused_at_will(history, call) for call in request.calls)
                    or _is_refused(history, request, closing[0].data.get("field", "")),
    }
    if request.of_kind("CORRECTED"):  # whatever ended it, it ends as rejected
        return any(reasons.values())
    return reasons[request.state]


def _is_blocked(history: History, call: Call) -> bool:
    """The carrier heard their stop itself."""
    return history.simulator.refused.get(call.number) == OPTED_OUT_CODE


def _is_refused_at_will(history: History, call: Call) -> bool:
    """By the carrier, of a call in which nothing was wrong."""
    return call.number in history.simulator.refused and call.fault == "refused"


def _is_refused(history: History, request: Request, field: str) -> bool:
    """By us: for the field that was wrong, or because this step went to this contact already."""
    if request.asked.wrong:
        return field == request.asked.wrong
    step = (request.asked.campaign, request.asked.step)
    return field == "step" and any(
        other is not request and (other.asked.campaign, other.asked.step) == step and other.of_kind("ACCEPTED")
        for other in history.by_contact[request.contact])


def _refused_calls(verdict: Verdict, history: History) -> None:
    """What else the carrier refuses a call for (its key, its sender, its words) the gateway has done wrong."""
    for number, code in history.simulator.refused.items():
        call = history.simulator.calls[number]
        verdict.check(_is_blocked(history, call) or _is_refused_at_will(history, call),
                      f"call {number}: the carrier refused it with {call.http}, {code}: the gateway's own doing")
