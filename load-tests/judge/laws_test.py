"""A recorded history that holds; each kind of violation, planted in it, is found by its law."""

import tempfile
import unittest
from pathlib import Path

from judge.fixture import Recording, newest_in
from judge.history import load_history
from judge.laws import judge
from judge.planted import PLANTED, confirmed_by_nobody, stopped_text, suppressed_without_a_stop, trim_front
from judge.planted_asked import (cancel_called_too_late_and_was_not, cancel_never_answered, refuse,
                                 refuse_answer, tell_that_it_was_too_late)
from judge.verdict import Verdict


def verdicts_of(recording: Recording) -> dict[str, Verdict]:
    with tempfile.TemporaryDirectory() as folder:
        recording.write(Path(folder))
        return {verdict.law: verdict for verdict in judge(load_history(Path(folder)))}


class LawsTest(unittest.TestCase):
    def test_every_law_holds_over_the_recorded_history(self) -> None:
        for verdict in verdicts_of(Recording()).values():
            self.assertEqual(verdict.violations, [], verdict.law)
            self.assertTrue(verdict.held, f"{verdict.law}: {verdict.checks} checks")

    def test_every_planted_violation_is_found_by_its_law(self) -> None:
        for law, spoils in PLANTED.items():
            for spoil in spoils:
                with self.subTest(law=law, planted=spoil.__name__):
                    recording = Recording()
                    spoil(recording)
                    self.assertNotEqual(verdicts_of(recording)[law].violations, [])

    def test_a_call_within_a_second_of_the_stop_is_none(self) -> None:
        recording = Recording()
        stopped_text(recording, 0.999)
        self.assertEqual(verdicts_of(recording)["stop"].violations, [])

    def test_a_stop_in_words_explains_the_silence(self) -> None:
        recording = Recording()
        recording.say(1, "please take me off this", "OPTOUT", "stop")
        suppressed_without_a_stop(recording)
        recording.opt_out("north", 1)
        recording.thread("north", 1).update(texts_in=3, opted_out=True, **newest_in("please take me off this"))
        self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_a_start_lifts_the_stop(self) -> None:
        recording = Recording()
        recording.say(0, "START", "NONE")
        recording.send(recording.request("north", "three", 0))
        self.assertEqual(verdicts_of(recording)["stop"].violations, [])

    def test_a_confirmation_is_not_owed_while_the_gateway_is_down(self) -> None:
        recording = Recording()
        confirmed_by_nobody(recording)
        acknowledged = recording.find(recording.simulator, event="webhook", kind="inbound")["t"]
        recording.platform.append({"event": "down", "t": acknowledged, "how": "kill",
                                   "up": acknowledged + 300_000_000})
        self.assertEqual(verdicts_of(recording)["once"].violations, [])

    def test_a_cancel_may_be_too_late_if_its_sender_is_told(self) -> None:
        recording = Recording()
        cancel_never_answered(recording)
        tell_that_it_was_too_late(recording)
        self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_what_is_down_meanwhile_has_longer_for_a_cancel(self) -> None:
        recording = Recording()
        cancel_called_too_late_and_was_not(recording)
        acknowledged = recording.find(recording.platform, event="asked", id="cancel-1")["acknowledged"]
        recording.platform.append({"event": "down", "t": acknowledged + 500_000, "how": "kill",
                                   "up": acknowledged + 60_000_000})
        self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_what_the_carrier_refuses_at_will_is_rejected(self) -> None:
        recording = Recording()
        refuse(recording, 21211, "refused", "REJECTED")
        self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_an_answer_may_be_refused_for_a_stop_or_a_thread_that_has_gone_on(self) -> None:
        for index, version, field in ((0, 2, "contact"), (1, 1, "answer.thread_version")):
            recording = Recording()
            refuse_answer(recording, index, version, field)
            self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_a_reply_to_nothing_stands_in_the_catch_all(self) -> None:
        recording = Recording()
        recording.say(30, "Who are you?", "NONE")
        recording.show("north", 30, campaign="@catchall.north", texts_in=1, needs_attention=True,
                       **newest_in("Who are you?"))
        self.assertEqual(verdicts_of(recording)["kept"].violations, [])

    def test_what_is_trimmed_after_its_retention_is_no_loss(self) -> None:
        recording = Recording()
        trim_front(recording, 0.001)
        for verdict in verdicts_of(recording).values():
            self.assertEqual(verdict.violations, [], verdict.law)

    def test_a_law_that_was_hardly_asked_has_not_held(self) -> None:
        recording = Recording()
        recording.platform = [line for line in recording.platform if line["event"] != "stranger"]
        strangers = verdicts_of(recording)["strangers"]
        self.assertEqual((strangers.violations, strangers.held), ([], False))


if __name__ == "__main__":
    unittest.main()
