"""Law `limits`: no sender and no account hands over more segments in any window of 1 s than it may."""

from collections import defaultdict, deque

from judge.history import History
from judge.simulator import Call
from judge.verdict import Verdict

WINDOW = 1_000_000
BACK_OFF = 1_200_000  # after a 429 with Retry-After: 1


def judge_limits(history: History) -> Verdict:
    verdict = Verdict("limits")
    by_sender: dict[str, list[Call]] = defaultdict(list)
    by_account: dict[str, list[Call]] = defaultdict(list)
    for call in sorted(history.simulator.calls.values(), key=lambda call: call.t):
        by_sender[call.sender].append(call)
        by_account[call.account].append(call)
    for number, calls in by_sender.items():
        sender = history.senders.get(number)
        if sender is None:
            verdict.broken(f"{len(calls)} calls from a number that is no sender")
            continue
        _windows(verdict, f"a sender of {sender['account']}", calls, sender["segments_per_second"])
    for account, calls in by_account.items():
        if account in history.platform.accounts:
            _windows(verdict, f"account {account}", calls, history.platform.accounts[account])
        else:
            verdict.broken(f"{len(calls)} calls with no account's credentials")
    verdict.notes.append(utilisation(history, by_sender))
    return verdict


def _windows(verdict: Verdict, name: str, calls: list[Call], limit: int) -> None:
    """A text larger than its window may go, alone in it."""
    window: deque[Call] = deque()
    inside = 0
    for call in calls:
        window.append(call)
        inside += call.segments
        while call.t - window[0].t >= WINDOW:
            inside -= window.popleft().segments
        verdict.check(inside <= limit or len(window) == 1,
                      f"{name}: {inside} segments in the second before call {call.number}, limit {limit}")


def utilisation(history: History, by_sender: dict[str, list[Call]]) -> str:
    """How much of their limits the senders used while at least two seconds of work waited for them."""
    used = possible = 0.0
    for number, calls in by_sender.items():
        limit = history.senders.get(number, {}).get("segments_per_second", 0)
        if not limit:
            continue
        pauses = [call.answered or call.t for call in calls if call.http == 429]
        for second, waiting in _backlog(history, number).items():
            paused = any(second - BACK_OFF // WINDOW - 1 <= pause // WINDOW <= second for pause in pauses)
            if waiting >= 2 * limit and not paused:
                possible += limit
                used += sum(call.segments for call in calls if call.t // WINDOW == second)
    if not possible:
        return "no sender had a backlog"
    return f"senders with a backlog used {100 * used / possible:.0f} % of their limits ({possible:.0f} segments possible)"


def _backlog(history: History, number: str) -> dict[int, int]:
    """By second: the least number of segments that waited for this sender."""
    changes: dict[int, int] = defaultdict(int)
    for request in history.requests.values():
        accepted = request.of_kind("ACCEPTED")
        if not accepted or accepted[0].data.get("sender") != number or not request.calls:
            continue
        segments = request.calls[0].segments
        changes[accepted[0].data["at_ms"] // 1000 + 1] += segments
        changes[request.calls[0].t // WINDOW] -= segments
    waiting, level = {}, 0
    for second in range(min(changes, default=0), max(changes, default=-1) + 1):
        level += changes.get(second, 0)
        waiting[second] = level
    return waiting
