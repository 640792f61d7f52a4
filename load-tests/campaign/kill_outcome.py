"""The figures of a kill campaign, from outside: what the carrier and the platform saw around each kill."""

from bisect import bisect_left
from collections import Counter
from typing import Any

from judge.history import History, Request
from judge.platform import Down
from judge.verdict import CHECKS_MIN, Verdict

NOT_PLAYED = ("strangers",)  # laws that a kill campaign does not ask
UNDER_LOAD = ("kill", "term")


def outcome_of(history: History, verdicts: list[Verdict], rounds: int, hits: dict[str, int],
               refused: int, failures: list[str]) -> dict[str, Any]:
    found = {verdict.law: len(verdict.violations) for verdict in verdicts}
    unknown = unknown_by_down(history)
    terms = [down for down in history.platform.downs if down.how == "term"]
    under_load = [down.t for down in history.platform.downs if down.how in UNDER_LOAD]
    return {
        "rounds": rounds,
        "in_flight_min": min((in_flight(history, t) for t in under_load), default=0),
        "calls_open_min": min((calls_open(history, t) for t in under_load), default=0),
        "lost": found["kept"],
        "twice": found["once"],
        "after_stop": found["stop"],
        "calls_cut_by_term": sum(calls_open(history, term.gone) for term in terms),
        "webhooks_refused_by_term": sum(webhooks_refused(history, term) for term in terms),
        "unknown_max": max(unknown.values(), default=0),
        "unknown_by_term": sum(unknown[term] for term in terms),
        "unknown_left": sum(request.state == "UNKNOWN" for request in history.requests.values()),
        "refused": refused,
        "fault_points": hits,
        "failures": failures,
    }


def hardly_asked(verdicts: list[Verdict]) -> list[str]:
    """Laws about which this campaign says nothing."""
    return [f"{verdict.law}: {verdict.checks} checks, fewer than {CHECKS_MIN}" for verdict in verdicts
            if verdict.law not in NOT_PLAYED and verdict.checks < CHECKS_MIN]


def in_flight(history: History, t: int) -> int:
    """Requests that were acknowledged and had not ended."""
    return sum(request.asked.acknowledged is not None and request.asked.acknowledged <= t < _ended(request)
               for request in history.requests.values())


def _ended(request: Request) -> int:
    ended = request.of_kind("ENDED")
    return ended[0].data.get("at_ms", 0) * 1000 if ended else 1 << 62


def calls_open(history: History, t: int) -> int:
    return sum(call.t <= t and (call.answered is None or call.answered > t)
               for call in history.simulator.calls.values())


def webhooks_refused(history: History, term: Down) -> int:
    """While the gateway was ending: it takes them to the last."""
    return sum(attempt.http is not None and not attempt.acknowledged and term.t <= attempt.t <= term.gone
               for webhooks in (history.simulator.inbound, history.simulator.reports)
               for webhook in webhooks.values() for attempt in webhook.attempts)


def unknown_by_down(history: History) -> Counter[Down]:
    """How many texts each end left unknown. The call tells which end it was; without one, the event does."""
    downs = sorted(history.platform.downs, key=lambda down: down.t)
    ends = [max(down.t, down.gone) for down in downs]
    left: Counter[Down] = Counter()
    for request in history.requests.values():
        ended = request.of_kind("ENDED")
        if not ended or ended[0].data.get("state") != "REQUEST_STATE_UNKNOWN":
            continue
        calls = [call.t for call in request.calls if call.t <= ended[0].data["at_ms"] * 1000]
        end = bisect_left(ends, calls[-1]) if calls else bisect_left(ends, ended[0].data["at_ms"] * 1000) - 1
        if 0 <= end < len(ends):
            left[downs[end]] += 1
    return left
