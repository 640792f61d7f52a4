"""What became of commands and cancels: each is answered once, and obeyed or refused for a reason."""

from collections import Counter, defaultdict

from judge.events import Event
from judge.history import History, Request
from judge.platform import Asked
from judge.stops import COMMAND_GRACE, Stops
from judge.verdict import Verdict

SAME_COMMIT = 1_000_000  # in which a thread is shown as it stood at the end, and refusals say when they came


def judge_commands(verdict: Verdict, history: History) -> None:
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


def judge_refused_answers(verdict: Verdict, history: History, stops: Stops) -> None:
    """An answer is refused for a thread that has gone on since, or for a stop, and for nothing else."""
    answers = {asked.id: asked for asked in history.platform.asked.values() if asked.kind == "answer"}
    shown: dict[str, list[Event]] = defaultdict(list)
    for event in history.topics["inbox.threads"]:
        shown[event.key].append(event)
    for event in history.topics["inbox.events"]:
        asked = answers.get(event.data.get("command_id", ""))
        if asked is not None and not event.data.get("accepted"):
            field = event.data.get("field", "")
            explained = {
                "answer.thread_version": any(
                    thread.data.get("version", 0) > asked.version and thread.time <= event.time + SAME_COMMIT
                    for thread in shown[f"{asked.campaign}/{asked.contact}"]),
                "contact": stops.explains(asked.contact, asked.organisation, event.time + SAME_COMMIT)
                           or (asked.contact, asked.organisation) in stops.refused,
            }
            verdict.check(explained.get(field, False), f"command {asked.id}: refused for its {field} without a reason")


def judge_cancels(verdict: Verdict, history: History) -> None:
    """A cancel that was acknowledged holds its text back, or it really came too late and is told so."""
    for asked in history.platform.asked.values():
        request = history.requests.get((asked.organisation, asked.contact, asked.cancels))
        if asked.kind == "cancel" and asked.acknowledged is not None and request is not None:
            _cancel(verdict, history, asked, asked.acknowledged, request)


def _cancel(verdict: Verdict, history: History, asked: Asked, acknowledged: int, request: Request) -> None:
    if acknowledged < request.asked.t:  # it cannot be too late
        verdict.check(not request.calls, f"{request}: called, and {asked.id} was acknowledged before it was asked for")
        return
    verdict.check(not request.taken or bool(request.of_kind("CANCEL_REFUSED")),
                  f"{request}: sent, and {asked.id} never answered")
    first = min((call.t for call in request.calls), default=0)
    late = (first - acknowledged) / 1e6
    verdict.check(first <= _obeyed_by(history, acknowledged),
                  f"{request}: first called {late:.3f} s after {asked.id} was acknowledged")


def _obeyed_by(history: History, acknowledged: int) -> int:
    """What is acknowledged shortly before the gateway ends is read after its next start."""
    latest = acknowledged + COMMAND_GRACE
    for down in history.platform.downs:
        if down.up > acknowledged and down.t <= latest:
            latest = down.up + COMMAND_GRACE
    return latest
