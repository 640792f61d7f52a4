"""Law `limits`: no sender and no account hands over more in any window of 1 s than it may, nor much less for long."""

from collections import defaultdict, deque

from judge.history import History, Request
from judge.simulator import Call
from judge.verdict import Verdict

WINDOW = 1_000_000
POSSIBLE_MIN = 200  # segments; what is less says nothing
USED_MIN = 50  # percent


def judge_limits(history: History) -> Verdict:
    verdict = Verdict("limits")
    for request in history.requests.values():
        for call in request.calls:
            _is_own_sender(verdict, history, request, call)
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
    _well_used(verdict, history, by_account)
    if history.simulator.late_segments:
        verdict.notes.append(f"TCP lost {history.simulator.late_segments} segments at first: what they carried arrived "
                             "later than it was written")
    return verdict


def _is_own_sender(verdict: Verdict, history: History, request: Request, call: Call) -> None:
    """A text spends what its own organisation's sender and that sender's account may."""
    owner, account = history.owner_at(call.sender, call.t), history.senders.get(call.sender, {}).get("account")
    verdict.check((owner, account) == (request.organisation, call.account),
                  f"{request}: call {call.number} went from a sender of {owner} with {call.account}'s credentials")


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


def _well_used(verdict: Verdict, history: History, by_account: dict[str, list[Call]]) -> None:
    """How much of its tightest limit each account used in the seconds in which two seconds of work waited for it."""
    used = possible = 0
    for account, calls in by_account.items():
        of_senders = sum(sender["segments_per_second"] for sender in history.senders.values()
                         if sender["account"] == account)
        limit = min(of_senders, history.platform.accounts.get(account, 0))
        pauses = _pauses(history, calls)
        for second, waiting in _backlog(history, account).items():
            if waiting >= 2 * limit and second not in pauses:
                possible += limit
                used += sum(call.segments for call in calls if call.t // WINDOW == second)
    if possible >= POSSIBLE_MIN:
        share = 100 * used // possible
        verdict.notes.append(f"accounts with a backlog used {share} % of their limits")
        crashed = any(down.how != "term" for down in history.platform.downs)  # lives too short to tell
        verdict.check(crashed or share >= USED_MIN, f"only {share} % of {possible} possible segments were used")


def _pauses(history: History, calls: list[Call]) -> set[int]:
    """Seconds in which a carrier's 429 or a restart holds everything back."""
    pauses = {(call.answered or call.t) // WINDOW + late for call in calls if call.http == 429 for late in range(3)}
    for down in history.platform.downs:
        pauses.update(range(down.t // WINDOW, down.up // WINDOW + 4))
    return pauses


def _backlog(history: History, account: str) -> dict[int, int]:
    """By second: the least number of segments that waited for this account."""
    changes: dict[int, int] = defaultdict(int)
    for request in history.requests.values():
        accepted = request.of_kind("ACCEPTED")
        if not accepted or not request.calls or request.calls[0].account != account:
            continue
        segments = request.calls[0].segments
        changes[accepted[0].data["at_ms"] // 1000 + 1] += segments
        changes[request.calls[0].t // WINDOW] -= segments
    waiting, level = {}, 0
    for second in range(min(changes, default=0), max(changes, default=-1) + 1):
        level += changes.get(second, 0)
        waiting[second] = level
    return waiting
