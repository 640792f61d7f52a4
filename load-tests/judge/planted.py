"""Violations of every law, each as a change to the recorded history: a record that a gateway without it would leave."""

from judge.fixture import CONFIRMATION, SENDERS, Recording, Spoil, contact, newest_in, spoiled_after
from judge.planted_asked import DISOBEYED
from judge.planted_threads import UNTRUE


def stopped_text(recording: Recording, seconds: float) -> None:
    """The second text of contact 0, who said stop, goes so long after it was acknowledged."""
    acknowledged = recording.find(recording.simulator, event="webhook", kind="inbound")["t"]
    recording.call("north", contact(0), "Will you vote on Tuesday? north two 0000")
    recording.find(recording.simulator, event="call", call=recording.calls)["t"] = acknowledged + int(seconds * 1e6)


# --- stop -------------------------------------------------------------------------------------------------------------


def text_after_stop(recording: Recording) -> None:
    stopped_text(recording, 1.001)


def call_not_taken_after_stop(recording: Recording) -> None:
    stopped_text(recording, 30)
    recording.find(recording.simulator, event="outcome", call=recording.calls)["taken"] = False


def other_text_after_stop(recording: Recording) -> None:
    recording.pass_ms(400_000)
    recording.call("north", contact(0), "You asked us to stop, but please vote")


def confirmation_from_another_sender(recording: Recording) -> None:
    stopped_text(recording, 2)
    recording.simulator[-6].update(body=CONFIRMATION)
    recording.topics["directory"].append({
        "id": "d", "position": "0:9",
        "data": {"sender": {"number": "+15550000009", "account": "north", "segments_per_second": 1,
                            "owners": [{"organisation": "north", "since_ms": 0}]}}})
    recording.simulator[-6]["from"] = "+15550000009"


def stop_of_a_former_owner(recording: Recording) -> None:
    """The sender was south's until an hour before: the stop covers south as well, which texts on."""
    sender = recording.topics["directory"][0]["data"]["sender"]
    since = sender["owners"][0]["since_ms"]
    sender["owners"] = [{"organisation": "south", "since_ms": since - 7_200_000},
                        {"organisation": "north", "since_ms": since - 3_600_000}]


def stop_in_words_not_obeyed(recording: Recording) -> None:
    recording.say(1, "please take me off this", "NONE", "stop")
    recording.pass_ms(2000)
    recording.send(recording.request("north", "three", 1))


def stop_silences_the_others(recording: Recording) -> None:
    sids = {line["sid"] for line in recording.simulator
            if line["event"] == "phone_got" and line["from"] == SENDERS["south"]}
    recording.simulator = [line for line in recording.simulator
                           if not (line["event"] in ("phone_got", "final") and line["sid"] in sids)]


# --- once -------------------------------------------------------------------------------------------------------------


def request_sent_twice(recording: Recording) -> None:
    recording.call("north", contact(1), "Will you vote on Tuesday? north one 0001")


def step_sent_twice(recording: Recording) -> None:
    twin = recording.request("north", "one", 1)
    recording.platform[-1].update(id="twin", text="Another wording")
    recording.send({**twin, "id": "twin", "text": "Another wording"})


def stop_confirmed_twice(recording: Recording) -> None:
    recording.call("north", contact(0), CONFIRMATION)


def confirmed_by_nobody(recording: Recording) -> None:
    """Contact 0's stop."""
    sid = next(line["sid"] for line in recording.simulator if line["event"] == "phone_got" and line["to"] == contact(0)
               and line["body"] == CONFIRMATION)
    number = recording.find(recording.simulator, event="outcome", sid=sid)["call"]
    recording.simulator = [line for line in recording.simulator
                           if line.get("sid") != sid and line.get("call") != number]
    recording.topics["outbound.events"] = [line for line in recording.topics["outbound.events"]
                                           if line["data"]["request_id"] != "confirm/0"]
    recording.thread("north", 0).update(texts_out=1, **newest_in(" Stop. "))


def confirmed_by_the_carrier_too(recording: Recording) -> None:
    """Contact 0 sent the word alone, which this sender's carrier answers."""
    recording.topics["directory"][0]["data"]["sender"]["keywords"] = {"handled": ["STOP"], "answered": True}
    recording.find(recording.simulator, event="phone_said")["body"] = " Stop "
    recording.topics["inbound.classified"][0]["data"]["text"]["body"] = " Stop "


def nobody_asked(recording: Recording) -> None:
    recording.call("south", contact(1), "Buy our mugs")


# --- kept -------------------------------------------------------------------------------------------------------------


def no_end(recording: Recording) -> None:
    recording.topics["outbound.events"].remove(recording.outbound("ENDED"))


def two_ends(recording: Recording) -> None:
    recording.topics["outbound.events"].append({**recording.outbound("ENDED"), "position": "0:9999"})


def corrected_after_sent(recording: Recording) -> None:
    recording.outbound("DELIVERY")["data"].update(kind="KIND_CORRECTED")


def left_unknown(recording: Recording) -> None:
    recording.outbound("ENDED")["data"]["state"] = "REQUEST_STATE_UNKNOWN"


def sent_and_not_taken(recording: Recording) -> None:
    recording.find(recording.simulator, event="outcome")["taken"] = False


def rejected_without_a_reason(recording: Recording) -> None:
    recording.request("north", "three", 1)
    recording.out({"id": "north-three-1", "organisation": "north", "contact": contact(1)}, "ENDED", "REJECTED")


def suppressed_without_a_stop(recording: Recording) -> None:
    recording.request("north", "three", 1)
    recording.out({"id": "north-three-1", "organisation": "north", "contact": contact(1)}, "ENDED", "SUPPRESSED")


def answer_taken_for_a_stop(recording: Recording) -> None:
    recording.say(1, "We have to stop this pipeline", "OPTOUT", "answer")
    suppressed_without_a_stop(recording)


def acknowledged_and_vanished(recording: Recording) -> None:
    recording.request("south", "three", 3)


def report_vanished(recording: Recording) -> None:
    recording.topics["outbound.events"].remove(recording.outbound("DELIVERY"))


def reply_not_classified(recording: Recording) -> None:
    recording.topics["inbound.classified"].pop()


def reply_classified_twice(recording: Recording) -> None:
    recording.topics["inbound.classified"].append({**recording.topics["inbound.classified"][0], "position": "0:9999"})


def reply_in_other_words(recording: Recording) -> None:
    recording.topics["inbound.classified"][1]["data"]["text"]["body"] = "No, count me out"


def reply_from_another_number(recording: Recording) -> None:
    recording.topics["inbound.classified"][1]["data"]["text"]["contact"] = contact(3)


def reply_to_another_sender(recording: Recording) -> None:
    recording.topics["inbound.classified"][1]["data"]["text"]["sender"] = SENDERS["south"]


def reply_in_no_thread(recording: Recording) -> None:
    recording.thread("north", 1)["texts_in"] = 1


def other_words_on_the_phone(recording: Recording) -> None:
    recording.find(recording.simulator, event="phone_got")["body"] = "Will you vote on Wednesday?"


def command_not_answered(recording: Recording) -> None:
    recording.topics["inbox.events"].pop()


def answer_not_sent(recording: Recording) -> None:
    recording.topics["outbound.events"] = [line for line in recording.topics["outbound.events"]
                                           if not line["data"]["request_id"].startswith("answer/")]


# --- limits -----------------------------------------------------------------------------------------------------------


def too_fast(recording: Recording) -> None:
    calls = [line for line in recording.simulator if line["event"] == "call"]
    calls[1]["t"] = calls[0]["t"] + 999_999


def too_many_segments(recording: Recording) -> None:
    calls = [line for line in recording.simulator if line["event"] == "call"]
    calls[2]["segments"] = 2
    calls[3]["t"] = calls[2]["t"] + 500_000
    calls[3].update({"from": calls[2]["from"], "account": calls[2]["account"]})


def work_left_lying(recording: Recording) -> None:
    """All of south's texts were accepted long before they went."""
    recording.topics["directory"][1]["data"]["sender"]["segments_per_second"] = 9
    recording.find(recording.platform, event="account", name="south")["segments_per_second"] = 9
    for line in recording.topics["outbound.events"]:
        if line["data"]["kind"] == "KIND_ACCEPTED" and line["data"]["organisation"] == "south":
            line["data"]["at_ms"] = 1_800_000_000_000


def account_too_fast(recording: Recording) -> None:
    recording.topics["directory"][0]["data"]["sender"]["segments_per_second"] = 10
    too_fast(recording)


def another_organisations_sender(recording: Recording) -> None:
    recording.find(recording.simulator, event="call", body="Will you vote on Tuesday? south one 0001").update(
        {"from": SENDERS["north"], "account": "north"})


# --- order ------------------------------------------------------------------------------------------------------------


def delivery_falls(recording: Recording) -> None:
    recording.outbound("DELIVERY")["data"]["delivery"] = "DELIVERY_STATE_DELIVERED"
    recording.topics["outbound.events"].append({
        **recording.outbound("DELIVERY"), "position": "0:9999",
        "data": {**recording.outbound("DELIVERY")["data"], "delivery": "DELIVERY_STATE_UNDELIVERED"}})


def delivery_too_low(recording: Recording) -> None:
    recording.outbound("DELIVERY")["data"]["delivery"] = "DELIVERY_STATE_UNDELIVERED"


def delivery_nobody_reported(recording: Recording) -> None:
    sid = recording.find(recording.simulator, event="outcome")["sid"]
    recording.simulator = [line for line in recording.simulator
                           if not (line["event"] == "webhook" and line["sid"] == sid)]


def ended_before_accepted(recording: Recording) -> None:
    accepted, ended = recording.outbound("ACCEPTED"), recording.outbound("ENDED")
    accepted["position"], ended["position"] = ended["position"], accepted["position"]


def replies_swapped(recording: Recording) -> None:
    first, second = recording.topics["inbound.classified"][1:3]
    first["position"], second["position"] = second["position"], first["position"]


# --- state ------------------------------------------------------------------------------------------------------------


def line_lost_by_restart(recording: Recording) -> None:
    spoiled_after(recording)["consent"].pop()


def line_changed_by_restart(recording: Recording) -> None:
    spoiled_after(recording)["inbox.threads"][0]["data"]["texts_in"] = 1
    recording.topics["inbox.threads"][0]["data"]["texts_in"] = 7


def new_line_after_restart(recording: Recording) -> None:
    after = spoiled_after(recording)
    after["directory.events"].append({**after["directory.events"][0], "position": "0:2"})


def trim_front(recording: Recording, retention_s: float) -> None:
    """The first event is gone from the second snapshot, and was shown before."""
    recording.find(recording.platform, event="snapshot", number=2)["retention_s"] = retention_s
    recording.live.append(("outbound.events", spoiled_after(recording)["outbound.events"].pop(0)))


def trimmed_too_soon(recording: Recording) -> None:
    trim_front(recording, 3600)


def call_after_restart(recording: Recording) -> None:
    recording.call("south", contact(1), "Will you vote on Tuesday? south one 0001")


def shown_and_gone(recording: Recording) -> None:
    recording.live.append(("consent", {**recording.topics["consent"][0], "id": "another"}))


def repeat_sent_again(recording: Recording) -> None:
    recording.platform.insert(-3, recording.find(recording.platform, event="asked", id="north-one-1"))
    request_sent_twice(recording)


# --- strangers --------------------------------------------------------------------------------------------------------


def stranger_let_in(recording: Recording) -> None:
    recording.find(recording.platform, event="stranger", what="unsigned")["http"] = 200


def stranger_unanswered(recording: Recording) -> None:
    recording.find(recording.platform, event="stranger", what="unsigned")["http"] = None


def stranger_in_a_topic(recording: Recording) -> None:
    recording.event("inbox.threads", "x", {"contact": "+15559990003"})


def stranger_in_dlq(recording: Recording) -> None:
    recording.event("dlq", "x", {"value": "…SMFORGED4…"})


def replay_taken_again(recording: Recording) -> None:
    reply_classified_twice(recording)


def replay_failed(recording: Recording) -> None:
    recording.find(recording.platform, event="stranger", what="replayed")["http"] = 500


# --- private ----------------------------------------------------------------------------------------------------------


def number_in_log(recording: Recording) -> None:
    recording.outside["gateway.log"] += f"event=call_failed to={contact(3)}\n"


def national_number_in_log(recording: Recording) -> None:
    recording.outside["gateway.log"] += f"event=call_failed to={contact(3)[2:]} status=7\n"


def sender_in_metrics(recording: Recording) -> None:
    recording.outside["metrics"] = f'calls_total{{sender="{SENDERS["north"]}"}} 3\n'


def text_in_log(recording: Recording) -> None:
    recording.outside["gateway.log"] += "event=x body=Will you vote on Tue\n"


def reply_in_log(recording: Recording) -> None:
    recording.outside["gateway.log"] += "event=x is my polling place?\n"


def number_in_header(recording: Recording) -> None:
    recording.topics["consent"][0]["subject"] = contact(5)


PLANTED: dict[str, list[Spoil]] = {
    "stop": [text_after_stop, call_not_taken_after_stop, other_text_after_stop, confirmation_from_another_sender,
             stop_of_a_former_owner, stop_in_words_not_obeyed, stop_silences_the_others],
    "once": [request_sent_twice, step_sent_twice, stop_confirmed_twice, confirmed_by_nobody,
             confirmed_by_the_carrier_too, nobody_asked],
    "kept": [no_end, two_ends, corrected_after_sent, left_unknown, sent_and_not_taken, rejected_without_a_reason,
             suppressed_without_a_stop, answer_taken_for_a_stop, acknowledged_and_vanished, report_vanished,
             reply_not_classified, reply_classified_twice, reply_in_other_words, reply_from_another_number,
             reply_to_another_sender, reply_in_no_thread, command_not_answered, answer_not_sent,
             other_words_on_the_phone, *DISOBEYED, *UNTRUE],
    "limits": [too_fast, too_many_segments, account_too_fast, work_left_lying, another_organisations_sender],
    "order": [delivery_falls, delivery_too_low, delivery_nobody_reported, ended_before_accepted, replies_swapped],
    "state": [line_lost_by_restart, line_changed_by_restart, new_line_after_restart, trimmed_too_soon,
              call_after_restart, shown_and_gone, repeat_sent_again],
    "strangers": [stranger_let_in, stranger_unanswered, stranger_in_a_topic, stranger_in_dlq, replay_taken_again,
                  replay_failed],
    "private": [number_in_log, national_number_in_log, sender_in_metrics, text_in_log, reply_in_log, number_in_header],
}
