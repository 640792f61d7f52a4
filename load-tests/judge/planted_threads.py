"""Violations of law `kept` in what is shown of threads and of consent: it is not what phones got and wrote."""

from judge.fixture import Recording, Spoil


def thread_forgotten(recording: Recording) -> None:
    recording.topics["inbox.threads"] = [line for line in recording.topics["inbox.threads"]
                                         if line["data"] is not recording.thread("south", 2)]


def thread_hides_a_reply(recording: Recording) -> None:
    recording.thread("north", 3)["needs_attention"] = False


def thread_asks_for_what_was_answered(recording: Recording) -> None:
    recording.thread("north", 1)["needs_attention"] = True


def thread_hides_a_lost_answer(recording: Recording) -> None:
    """The carrier took the answer and could not deliver it: it is none."""
    sid = next(line["sid"] for line in recording.simulator
               if line["event"] == "phone_got" and line["body"].startswith("Thank you"))
    recording.simulator = [line for line in recording.simulator
                           if not (line["event"] == "phone_got" and line["sid"] == sid)]
    recording.find(recording.simulator, event="final", sid=sid)["status"] = "undelivered"
    recording.find(recording.simulator, event="webhook", sid=sid, status="delivered")["status"] = "undelivered"
    recording.find([line["data"] for line in recording.topics["outbound.events"]], kind="KIND_DELIVERY",
                   request_id="answer/desk-1")["delivery"] = "DELIVERY_STATE_UNDELIVERED"


def thread_says_nothing_of_a_stop(recording: Recording) -> None:
    recording.thread("north", 0)["opted_out"] = False


def thread_stopped_by_nobody(recording: Recording) -> None:
    recording.thread("south", 0)["opted_out"] = True


def thread_counts_a_text_too_many(recording: Recording) -> None:
    recording.thread("south", 1)["texts_out"] = 2


def thread_shows_an_older_text(recording: Recording) -> None:
    recording.thread("north", 3)["newest_text"] = "Will you vote on Tuesday? north one 0003"


def thread_takes_its_newest_text_for_a_reply(recording: Recording) -> None:
    recording.thread("north", 3)["newest_is_inbound"] = True


def thread_says_open_of_what_was_sent(recording: Recording) -> None:
    recording.thread("south", 1)["newest_out_state"] = "REQUEST_STATE_OPEN"


def thread_says_nothing_of_a_report(recording: Recording) -> None:
    recording.thread("south", 1)["newest_out_delivery"] = "DELIVERY_STATE_UNCONFIRMED"


def thread_of_another_campaign(recording: Recording) -> None:
    recording.thread("south", 1)["campaign"] = "north-vote"


def reply_in_a_campaign_that_never_texted(recording: Recording) -> None:
    recording.say(30, "Who are you?", "NONE")
    recording.show("north", 30, texts_in=1, needs_attention=True)


def stop_not_in_consent(recording: Recording) -> None:
    recording.topics["consent"].pop()


def no_consent_at_all(recording: Recording) -> None:
    recording.topics["consent"].clear()


def opted_out_by_nobody(recording: Recording) -> None:
    recording.opt_out("south", 0)


def start_lifts_nothing(recording: Recording) -> None:
    recording.say(0, "START", "NONE")
    recording.thread("north", 0).update(texts_in=2, opted_out=False, needs_attention=True)


UNTRUE: list[Spoil] = [
    thread_forgotten, thread_hides_a_reply, thread_asks_for_what_was_answered, thread_hides_a_lost_answer,
    thread_says_nothing_of_a_stop, thread_stopped_by_nobody, thread_counts_a_text_too_many, thread_shows_an_older_text,
    thread_takes_its_newest_text_for_a_reply, thread_says_open_of_what_was_sent, thread_says_nothing_of_a_report,
    thread_of_another_campaign, reply_in_a_campaign_that_never_texted, stop_not_in_consent, no_consent_at_all,
    opted_out_by_nobody, start_lifts_nothing]
