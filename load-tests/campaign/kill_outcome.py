"""The figures of a kill campaign, from outside: what the carrier and the platform saw around each kill."""

from bisect import bisect_left
from collections import Counter
from typing import Any

from judge.history import History, Request
from judge.verdict import CHECKS_MIN, Verdict

NOT_PLAYED = ("strangers",)  # laws that a kill campaign does not ask


def outcome_of(history: History, verdicts: list[Verdict], rounds: int, hits: dict[str, int],
               refused: int, failures: list[str]) -> dict[str, Any]:
    found = {verdict.law: len(verdict.violations) for verdict in verdicts}
    under_load = [down.t for down in history.platform.downs if down.how == "kill"]
    return {
        "rounds": rounds,
        "in_flight_min": min((in_flight(history, t) for t in under_load), default=0),
        "calls_open_min": min((calls_open(history, t) for t in under_load), default=0),
        "lost": found["kept"],
        "twice": found["once"],
        "after_stop": found["stop"],
        "unknown_max": unknown_max(history),
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


def unknown_max(history: History) -> int:
    """The most texts that one kill left unknown. The call tells which kill it was; without one, the event does."""
    kills = sorted(down.t for down in history.platform.downs)
    if not kills:
        return 0
    left: Counter[int] = Counter()
    for request in history.requests.values():
        ended = request.of_kind("ENDED")
        if not ended or ended[0].data.get("state") != "REQUEST_STATE_UNKNOWN":
            continue
        calls = [call.t for call in request.calls if call.t <= ended[0].data["at_ms"] * 1000]
        kill = bisect_left(kills, calls[-1]) if calls else bisect_left(kills, ended[0].data["at_ms"] * 1000) - 1
        if 0 <= kill < len(kills):
            left[kill] += 1
    return max(left.values(), default=0)
