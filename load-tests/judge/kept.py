"""Law `kept`: whatever was acknowledged ends exactly once and shows up; what may go arrives."""

from collections import Counter, defaultdict

from judge.history import REPORTED, History, Request
from judge.platform import Asked
from judge.simulator import Call
from judge.stops import OPTED_OUT_CODE, Stops
from judge.threads import judge_ledger, judge_threads
from judge.verdict import Verdict


def judge_kept(history: History, stops: Stops) -> Verdict:
    verdict = Verdict("kept")
    for request in history.requests.values():
        if request.asked.kind == "send" and (request.asked.acknowledged is not None or request.events):
            _ends_once(verdict, history, request)
    for request in history.requests.values():
        if request.events or request.calls:
            _ends_right(verdict, history, stops, request)
    for event in history.foreign:
        if event.data.get("class") in ("TEXT_CLASS_FIRST", "TEXT_CLASS_REPLY"):
            verdict.broken(f"event {event.id}: of a request that nobody made")
    _commands(verdict, history)
    _cancels(verdict, history)
    _inbound(verdict, history)
    _reports(verdict, history)
    for call in history.simulator.calls.values():
        _arrives_as_called(verdict, history, call)
    judge_threads(verdict, history, stops)
    judge_ledger(verdict, history, stops)
    return verdict


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
    codes = {history.simulator.refused[call.number] for call in request.calls
             if call.number in history.simulator.refused}
    reasons = {
        "SUPPRESSED": stops.explains(request.contact, request.organisation, at * 1000 + 999) or OPTED_OUT_CODE in codes,
        "CANCELLED": (request.organisation, request.contact, request.id) in history.cancelled,
        "EXPIRED": 0 < request.asked.expires_at_ms <= at,
        "REJECTED": bool(codes) or _is_refused(history, request, closing[0].data.get("field", "")),
    }
    if request.of_kind("CORRECTED"):  # whatever ended it, it ends as rejected
        return any(reasons.values())
    return reasons[request.state]


def _is_refused(history: History, request: Request, field: str) -> bool:
    """By us: for the field that was wrong, or because this step went to this contact already."""
    if request.asked.wrong:
        return field == request.asked.wrong
    step = (request.asked.campaign, request.asked.step)
    return field == "step" and any(
        other is not request and (other.asked.campaign, other.asked.step) == step and other.of_kind("ACCEPTED")
        for other in history.by_contact[request.contact])


def _commands(verdict: Verdict, history: History) -> None:
    answers = Counter(event.data.get("command_id") for topic in ("directory.events", "inbox.events")
                      for event in history.topics[topic])
    accepted = {event.data.get("command_id") for event in history.topics["inbox.events"] if event.data.get("accepted")}
    for asked in history.platform.asked.values():
        if asked.acknowledged is None or asked.topic not in ("directory.commands", "inbox.commands"):
            continue
        verdict.check(answers[asked.id] == 1, f"command {asked.id}: answered {answers[asked.id]} times")
        if asked.kind != "answer" or asked.id not in accepted:
            continue
        answer = history.requests[(asked.organisation, asked.contact, f"answer/{asked.id}")]
        verdict.check(len(answer.of_kind("ENDED")) == 1, f"{answer}: ended {len(answer.of_kind('ENDED'))} times")


def _cancels(verdict: Verdict, history: History) -> None:
    """A cancel that was acknowledged holds its text back, or is told that it came too late."""
    for asked in history.platform.asked.values():
        request = history.requests.get((asked.organisation, asked.contact, asked.cancels))
        if asked.kind == "cancel" and asked.acknowledged is not None and request is not None:
            _cancel(verdict, asked, asked.acknowledged, request)


def _cancel(verdict: Verdict, asked: Asked, acknowledged: int, request: Request) -> None:
    if acknowledged < request.asked.t:  # it cannot be too late
        verdict.check(not request.calls, f"{request}: called, and {asked.id} was acknowledged before it was asked for")
    else:
        verdict.check(not request.taken or bool(request.of_kind("CANCEL_REFUSED")),
                      f"{request}: sent, and {asked.id} never answered")


def _arrives_as_called(verdict: Verdict, history: History, call: Call) -> None:
    """The phone has the words that were sent, from the number that sent them."""
    got = history.simulator.got.get(call.sid or "")
    if got is not None:
        verdict.check((got.contact, got.sender, got.body) == (call.contact, call.sender, call.body),
                      f"call {call.number}: its phone got something else")


def _inbound(verdict: Verdict, history: History) -> None:
    """Every text that was acknowledged is classified once and counted in a thread."""
    classified = Counter(event.data.get("text", {}).get("provider_id")
                         for event in history.topics["inbound.classified"])
    texts: dict[str, int] = defaultdict(int)
    for sid, webhook in history.inbound.items():
        if webhook.acknowledged is not None:
            texts[history.said[sid].contact] += 1
            verdict.check(classified[sid] == 1, f"inbound {sid}: classified {classified[sid]} times")
        elif classified[sid] > 1:
            verdict.broken(f"inbound {sid}: never acknowledged, classified {classified[sid]} times")
    newest = {event.key: event.data for event in history.topics["inbox.threads"]}
    counted: dict[str, int] = defaultdict(int)
    for thread in newest.values():
        counted[thread.get("contact", "")] += thread.get("texts_in", 0)
    for contact, count in texts.items():
        verdict.check(counted[contact] == count, f"a contact wrote {count} texts, {counted[contact]} stand in threads")


def _reports(verdict: Verdict, history: History) -> None:
    by_sid = {call.sid: request for request in history.requests.values() for call in request.taken}
    for (sid, status), webhook in history.simulator.reports.items():
        request = by_sid.get(sid)
        if request is None or webhook.acknowledged is None:
            continue
        verdict.check(request.state == "SENT" and request.delivery >= REPORTED[status],
                      f"{request}: {status} was acknowledged, it stands at {request.state} {request.delivery}")
