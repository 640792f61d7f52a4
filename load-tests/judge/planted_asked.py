"""Violations of law `kept` in what becomes of requests that must not go and of answers that must."""

from judge.fixture import Line, Recording, Spoil, contact, newest_out


def send_third(recording: Recording, request: Line) -> None:
    """The third text to contact 1, the second of south's."""
    recording.send(request)
    recording.thread("south", 1).update(texts_out=2, **newest_out(request["text"]))
    for number in (1, 2):
        recording.find(recording.platform, event="snapshot", number=number)["t"] = recording.pass_ms(1000)


def cancel(recording: Recording, seconds: float = 60) -> None:
    """Of a text to contact 1 that is yet to be asked for, or has been just now; then so much time passes."""
    recording.ask("outbound.requests", "cancel-1", "cancel", "south", contact(1), cancels="south-three-1")
    recording.pass_ms(int(seconds * 1000))


def tell_that_it_was_too_late(recording: Recording) -> None:
    recording.out({"id": "south-three-1", "organisation": "south", "contact": contact(1)}, "CANCEL_REFUSED", "SENT")


def cancel_before_its_request_forgotten(recording: Recording) -> None:
    cancel(recording)
    send_third(recording, recording.request("south", "three", 1))


def cancel_before_its_request_called_too_late(recording: Recording) -> None:
    cancel_before_its_request_forgotten(recording)
    tell_that_it_was_too_late(recording)


def cancel_never_answered(recording: Recording, seconds: float = 1) -> None:
    request = recording.request("south", "three", 1)
    cancel(recording, seconds)
    send_third(recording, request)


def cancel_called_too_late_and_was_not(recording: Recording) -> None:
    cancel_never_answered(recording, 60)
    tell_that_it_was_too_late(recording)


def expired_and_sent(recording: Recording) -> None:
    request = recording.request("south", "three", 1)
    recording.platform[-1]["expires_at_ms"] = recording.now // 1000
    recording.pass_ms(1000)
    send_third(recording, request)


def wrong_and_sent(recording: Recording) -> None:
    request = recording.request("south", "three", 1)
    recording.platform[-1]["wrong"] = "campaign"
    send_third(recording, request)


def dead_letter_missing(recording: Recording) -> None:
    recording.request("north", "three", 1)
    recording.platform[-1]["wrong"] = "dlq"


def refuse(recording: Recording, code: int, fault: str | None, state: str) -> None:
    """By the carrier, of the third text to contact 1."""
    request = recording.request("south", "three", 1)
    recording.out(request, "ACCEPTED", "OPEN")
    recording.call("south", contact(1), request["text"])
    recording.simulator = recording.simulator[:-4]
    recording.simulator[-1].update(taken=False, sid=None, http=400, code=code, fault=fault)
    recording.simulator.append({"event": "final", "t": recording.now, "call": recording.calls, "sid": None,
                                "status": "refused", "code": code})
    recording.out(request, "ENDED", state)
    recording.thread("south", 1).update(texts_out=2, **newest_out(request["text"], state, "UNSPECIFIED"))
    for number in (1, 2):
        recording.find(recording.platform, event="snapshot", number=number)["t"] = recording.pass_ms(1000)


def refused_for_the_gateways_words(recording: Recording) -> None:
    refuse(recording, 21602, None, "REJECTED")


def refused_for_a_number_that_is_none(recording: Recording) -> None:
    """As some are at will, but this one was wrong."""
    refuse(recording, 21211, None, "REJECTED")


def blocked_and_not_suppressed(recording: Recording) -> None:
    refuse(recording, 21610, None, "REJECTED")
    recording.opt_out("south", 1)
    recording.thread("south", 1)["opted_out"] = True


def refuse_answer(recording: Recording, index: int, version: int, field: str) -> None:
    recording.ask("inbox.commands", "desk-refused", "answer", "north", contact(index), campaign="north-vote",
                  text="Thank you, but no", version=version)
    recording.event("inbox.events", contact(index), {"command_id": "desk-refused", "field": field})


def answer_refused_for_no_stop(recording: Recording) -> None:
    refuse_answer(recording, 3, 2, "contact")


def answer_refused_as_stale_which_it_is_not(recording: Recording) -> None:
    refuse_answer(recording, 3, 2, "answer.thread_version")


def answer_refused_before_the_thread_went_on(recording: Recording) -> None:
    refuse_answer(recording, 3, 2, "answer.thread_version")
    recording.pass_ms(60_000)
    recording.show("north", 3, version=3, texts_in=2, texts_out=2, needs_attention=True)


def answer_refused_for_its_words(recording: Recording) -> None:
    refuse_answer(recording, 3, 2, "answer.text")


DISOBEYED: list[Spoil] = [
    cancel_before_its_request_forgotten, cancel_before_its_request_called_too_late, cancel_never_answered,
    cancel_called_too_late_and_was_not, expired_and_sent, wrong_and_sent, dead_letter_missing,
    refused_for_the_gateways_words, refused_for_a_number_that_is_none, blocked_and_not_suppressed,
    answer_refused_for_no_stop, answer_refused_as_stale_which_it_is_not, answer_refused_before_the_thread_went_on,
    answer_refused_for_its_words]
