"""Law `stop`: once a STOP is acknowledged, no call to that contact for whom it covers starts more than 1 s later."""

from judge.history import History, Request
from judge.simulator import Call
from judge.stops import CONFIRM_WITHIN, Stop, Stops
from judge.verdict import Verdict


def judge_stop(history: History, stops: Stops) -> Verdict:
    verdict = Verdict("stop")
    for contact, said in stops.stops.items():
        for stop in said:
            for request in history.by_contact[contact]:
                if stop.covers(request.organisation):
                    _silent(verdict, stops, stop, request)
        _others_go_on(verdict, history, stops, contact)
    for call in history.automatic:
        _only_confirmation(verdict, history, stops, call)
    return verdict


def _forbidden(stops: Stops, stop: Stop, organisation: str, call: Call) -> bool:
    lifted = stops.lifted(stop, organisation)
    return call.t > stop.binding and (lifted is None or call.t < lifted)


def _silent(verdict: Verdict, stops: Stops, stop: Stop, request: Request) -> None:
    """A check is a text that was still to go when the stop came, or was asked for later."""
    late = [call for call in request.calls if _forbidden(stops, stop, request.organisation, call)]
    went_before = any(call.t <= stop.binding for call in request.calls)
    if not late and (went_before or stops.lifted(stop, request.organisation) is not None):
        return
    late_by = (late[0].t - stop.acknowledged) / 1e6 if late else 0
    verdict.check(not late, f"{request}: called {late_by:.3f} s after {stop.what} was acknowledged")


def _others_go_on(verdict: Verdict, history: History, stops: Stops, contact: str) -> None:
    """What other organisations asked for reaches the phone, unless the carrier's record says why not."""
    for request in history.by_contact[contact]:
        own = stops.concerns(contact, request.organisation)
        if own or request.asked.kind != "send" or request.asked.wrong or request.state not in ("SENT", "SUPPRESSED"):
            continue
        arrived = any(call.sid in history.simulator.got or history.simulator.final.get(call.sid or "") == "undelivered"
                      for call in request.taken)
        verdict.check(arrived, f"{request}: another organisation's stop silenced it")


def _only_confirmation(verdict: Verdict, history: History, stops: Stops, call: Call) -> None:
    """After a stop the one text nobody asked for is its confirmation: by the sender that heard it, within 5 minutes."""
    organisation = history.owner_at(call.sender, call.t)
    standing = [stop for stop in stops.concerns(call.contact, organisation)
                if _forbidden(stops, stop, organisation, call)]
    if not standing:
        return
    confirms = any(stop.confirmable and stop.sender == call.sender and call.t - stop.begun <= CONFIRM_WITHIN
                   for stop in standing)
    verdict.check(confirms, f"call {call.number}: not the confirmation of {standing[0].what}")
