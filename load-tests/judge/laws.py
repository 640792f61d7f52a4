"""All laws over one history."""

from judge.history import History
from judge.kept import judge_kept
from judge.limits import judge_limits
from judge.once import judge_once
from judge.order import judge_order
from judge.private import judge_private
from judge.state import judge_state
from judge.stop import judge_stop
from judge.stops import Stops
from judge.strangers import judge_strangers
from judge.verdict import Verdict


def judge(history: History) -> list[Verdict]:
    stops = Stops(history)
    return [
        judge_stop(history, stops),
        judge_once(history, stops),
        judge_kept(history, stops),
        judge_limits(history),
        judge_order(history),
        judge_state(history),
        judge_strangers(history),
        judge_private(history),
    ]
