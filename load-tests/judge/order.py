"""Law `order`: delivery only rises and ends at the highest report; a contact's texts keep the order of arrival."""

from collections import defaultdict

from judge.history import REPORTED, History, Request, delivery_of
from judge.verdict import Verdict

RANK = {"KIND_ACCEPTED": 0, "KIND_ENDED": 1, "KIND_CORRECTED": 2}


def judge_order(history: History) -> Verdict:
    verdict = Verdict("order")
    for request in history.requests.values():
        if request.events:
            _rises(verdict, request)
            _is_highest(verdict, history, request)
    _classified(verdict, history)
    return verdict


def _rises(verdict: Verdict, request: Request) -> None:
    levels = [delivery_of(event) for event in request.of_kind("DELIVERY")]
    if levels:
        verdict.check(all(a < b for a, b in zip(levels, levels[1:])) and levels[0] > 0,
                      f"{request}: delivery went {levels}")
    life = [RANK[kind] for event in request.events if (kind := event.data.get("kind", "")) in RANK]
    verdict.check(life == sorted(life), f"{request}: its events came as {life}")


def _is_highest(verdict: Verdict, history: History, request: Request) -> None:
    reported = [REPORTED[status] for call in request.taken for status in REPORTED
                if (webhook := history.simulator.reports.get((call.sid or "", status)))
                and webhook.acknowledged is not None]
    if reported:
        verdict.check(request.delivery == max(reported),
                      f"{request}: stands at {request.delivery}, reported was {max(reported)}")
    else:
        verdict.check(request.delivery == 0, f"{request}: stands at {request.delivery}, and nothing was reported")


def _classified(verdict: Verdict, history: History) -> None:
    place = {event.data.get("text", {}).get("provider_id"): (event.partition, event.offset)
             for event in history.topics["inbound.classified"]}
    texts: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for sid, webhook in history.inbound.items():
        if webhook.acknowledged is not None and sid in place:
            texts[history.said[sid].contact].append((webhook.acknowledged, webhook.first_sent, sid))
    for arrived in texts.values():
        arrived.sort()
        for (acknowledged, _, first), (_, sent, second) in zip(arrived, arrived[1:]):
            if acknowledged < sent:
                verdict.check(place[first] < place[second] and place[first][0] == place[second][0],
                              f"inbound {second} stands before {first}, which was acknowledged earlier")
