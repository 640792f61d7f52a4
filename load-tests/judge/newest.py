"""What a thread shows of its newest text and of its newest text out, where it is certain outside which one that is.

Texts stand in the order in which the gateway took them: a request when it was accepted, a reply when its webhook came.
"""

from dataclasses import dataclass

from judge.events import Event
from judge.history import DELIVERIES, Request
from judge.verdict import Verdict

APART = 2_000_000  # of what came before, so that nobody can take the two for each other


@dataclass(frozen=True)
class Text:
    begun: int  # it was taken between the two
    until: int
    words: str | None  # None: not known
    request: Request | None = None  # of a text out that somebody asked for
    inbound: bool = False


def text_of(request: Request) -> Text:
    known = [call.t for call in request.calls] + [event.data.get("at_ms", 0) * 1000 + 999 for event in request.events]
    return Text(request.asked.t, min(known, default=request.asked.t), request.asked.text, request)


def judge_newest(verdict: Verdict, texts: list[Text], event: Event) -> None:
    newest = _newest(texts)
    if newest is not None and newest.words is not None:
        shown = event.data.get("newest_is_inbound", False), event.data.get("newest_text", "")
        verdict.check(shown == (newest.inbound, newest.words), f"{event.position}: its newest text is another one")
    out = _newest([text for text in texts if not text.inbound])
    if out is not None and out.request is not None:
        _tells_of(verdict, event, out.request)


def _newest(texts: list[Text]) -> Text | None:
    in_order = sorted(texts, key=lambda text: text.begun)
    if not in_order or any(text.until + APART > in_order[-1].begun for text in in_order[:-1]):
        return None
    return in_order[-1]


def _tells_of(verdict: Verdict, event: Event, request: Request) -> None:
    state = event.data.get("newest_out_state", "").removeprefix("REQUEST_STATE_")
    verdict.check(state == request.state,
                  f"{event.position}: its newest text out ended {state}, really {request.state}")
    delivery = DELIVERIES[event.data.get("newest_out_delivery", "DELIVERY_STATE_UNSPECIFIED")]
    verdict.check(delivery == request.delivery,
                  f"{event.position}: its newest text out has delivery {delivery}, really {request.delivery}")
