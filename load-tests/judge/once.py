"""Law `once`: per request, per campaign step and contact, and per stop at most one text that the carrier took."""

from collections import defaultdict

from judge.confirmations import judge_confirmations
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
    judge_confirmations(verdict, history, stops)
    return verdict
