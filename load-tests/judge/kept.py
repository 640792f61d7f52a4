"""Law `kept`: whatever was acknowledged ends exactly once and shows up; what may go arrives."""

from collections import Counter, defaultdict

from judge.commands import judge_cancels, judge_commands, judge_refused_answers
from judge.ends import judge_ends
from judge.history import REPORTED, History
from judge.simulator import Call
from judge.stops import Stops
from judge.threads import judge_ledger, judge_threads
from judge.verdict import Verdict


def judge_kept(history: History, stops: Stops) -> Verdict:
    verdict = Verdict("kept")
    judge_ends(verdict, history, stops)
    for event in history.foreign:
        if event.data.get("class") in ("TEXT_CLASS_FIRST", "TEXT_CLASS_REPLY"):
            verdict.broken(f"event {event.id}: of a request that nobody made")
    judge_commands(verdict, history)
    judge_refused_answers(verdict, history, stops)
    judge_cancels(verdict, history)
    _inbound(verdict, history)
    _reports(verdict, history)
    for call in history.simulator.calls.values():
        _arrives_as_called(verdict, history, call)
    judge_threads(verdict, history, stops)
    judge_ledger(verdict, history, stops)
    return verdict


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
    for event in history.topics["inbound.classified"]:
        text = event.data.get("text", {})
        said = history.said.get(text.get("provider_id", ""))
        if said is not None:
            verdict.check((text.get("contact"), text.get("sender"), text.get("body", ""))
                          == (said.contact, said.sender, said.body), f"inbound {said.sid}: classified as another text")
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
