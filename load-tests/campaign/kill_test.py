import contextlib
import copy
import io
import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from campaign import kill
from campaign.demo import AT_LEAST, FAULTS, missing_faults
from campaign.kill import POINTS
from campaign.kill_outcome import calls_open, hardly_asked, in_flight, outcome_of, unknown_by_down
from campaign.load import AT_ONCE, IN_FLIGHT, Load
from campaign.platform import Platform
from campaign.progress import Progress
from campaign.record import Record
from campaign.settings import Settings
from judge.fixture import Recording
from judge.history import History, load_history
from judge.laws import judge
from judge.verdict import Verdict


def history_of(recording: Recording) -> History:
    with tempfile.TemporaryDirectory() as folder:
        recording.write(Path(folder))
        return load_history(Path(folder))


def killed_in_call(number: int) -> tuple[Recording, int]:
    """A recording in which the gateway died between a call and its answer, and that moment."""
    recording = Recording()
    t = recording.find(recording.simulator, event="call", call=number)["t"] + 1000
    recording.platform.append({"event": "down", "t": t, "how": "kill", "gone": t, "up": t + 500_000})
    return recording, t


def leave_unknown_for_a_while(recording: Recording) -> None:
    """The first text of all, until it is corrected."""
    events = recording.topics["outbound.events"]
    ended = recording.outbound("ENDED", 0)
    corrected = copy.deepcopy(ended)
    corrected["data"]["kind"] = "KIND_CORRECTED"
    ended["data"]["state"] = "REQUEST_STATE_UNKNOWN"
    events.insert(events.index(ended) + 1, corrected)
    for number, line in enumerate(events):
        line.update(id=f"outbound.events/{number}", position=f"0:{number}")


class KillOutcomeTest(unittest.TestCase):
    def test_counts_what_was_in_flight_and_open_at_a_kill(self) -> None:
        recording, t = killed_in_call(1)
        history = history_of(recording)
        self.assertEqual((in_flight(history, t), calls_open(history, t)), (1, 1))
        self.assertEqual((in_flight(history, t - 10_000_000), calls_open(history, t - 10_000_000)), (0, 0))

    def test_an_unknown_belongs_to_the_kill_that_followed_its_call(self) -> None:
        recording, _ = killed_in_call(1)
        for number in (0, 3):  # its call came before the kill, the other's after it
            recording.outbound("ENDED", number)["data"]["state"] = "REQUEST_STATE_UNKNOWN"
        left = unknown_by_down(history_of(recording))
        self.assertEqual({down.how: texts for down, texts in left.items()}, {"kill": 1})

    def test_an_unknown_of_a_call_that_began_on_the_way_to_a_clean_end_is_that_ends(self) -> None:
        recording, t = killed_in_call(1)
        recording.find(recording.platform, event="down").update(how="term", t=t - 2000)  # and gone after it
        recording.outbound("ENDED", 0)["data"]["state"] = "REQUEST_STATE_UNKNOWN"
        self.assertEqual(self._figures(recording)["unknown_by_term"], 1)

    def test_prints_the_figures_by_name(self) -> None:
        recording, _ = killed_in_call(1)
        recording.call("north", "+15550100001", "Will you vote on Tuesday? north one 0001")
        outcome = self._figures(recording)
        self.assertEqual((outcome["rounds"], outcome["twice"] > 0, outcome["after_stop"]), (1, True, 0))
        self.assertEqual(list(outcome), ["rounds", "in_flight_min", "calls_open_min", "lost", "twice", "after_stop",
                                         "calls_cut_by_term", "webhooks_refused_by_term", "unknown_max",
                                         "unknown_by_term", "unknown_left", "refused", "fault_points", "failures"])

    @staticmethod
    def _figures(recording: Recording) -> dict:
        history = history_of(recording)
        return outcome_of(history, judge(history), 1, {"log_before_sync": 3}, 0, [])


class KillTest(unittest.TestCase):
    """What a whole kill campaign says of a recorded history."""

    def _run(self, recording: Recording, failures: list[str], refused: list[str]) -> tuple[bool, dict]:
        ground = SimpleNamespace(failures=failures, settings=SimpleNamespace(open_intents_max=1000))
        played = SimpleNamespace(play=lambda _: None, close=lambda: None, hits={}, ground=ground,
                                 platform=SimpleNamespace(refused=refused))
        out = io.StringIO()
        with (tempfile.TemporaryDirectory() as folder, mock.patch("campaign.kill.Kill", lambda *_: played),
              mock.patch("campaign.kill.IN_FLIGHT_MIN", 1), mock.patch("campaign.kill.CALLS_OPEN_MIN", 1),
              contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO())):
            recording.write(Path(folder))
            sound = kill.run(Path(folder), Path(), 1, 1)
        return sound, json.loads(out.getvalue())

    def test_holds_where_every_law_was_asked_and_held(self) -> None:
        recording, _ = killed_in_call(1)
        sound, outcome = self._run(recording, [], [])
        self.assertEqual((sound, outcome["failures"]), (True, []))

    def test_a_law_that_was_hardly_asked_fails_it_though_nothing_was_violated(self) -> None:
        with mock.patch("judge.fixture.COUNT", 8):  # four of them say stop
            recording, _ = killed_in_call(1)
        sound, outcome = self._run(recording, [], [])
        self.assertEqual((outcome["lost"], outcome["twice"], outcome["after_stop"]), (0, 0, 0))
        self.assertEqual([failure.split(":")[0] for failure in outcome["failures"]], ["stop"])
        self.assertFalse(sound)

    def test_strangers_need_not_be_asked(self) -> None:
        self.assertEqual(hardly_asked([Verdict("strangers", checks=0), Verdict("kept", checks=20)]), [])
        self.assertEqual(hardly_asked([Verdict(law, checks=19) for law in ("stop", "once", "kept")]),
                         [f"{law}: 19 checks, fewer than 20" for law in ("stop", "once", "kept")])

    def test_what_no_law_sees_fails_it(self) -> None:
        for failures, refused in ((["the gateway ended by itself with 1"], []), ([], ["dlq x: error: no"])):
            recording, _ = killed_in_call(1)
            sound, outcome = self._run(recording, failures, refused)
            self.assertFalse(sound)
            self.assertEqual((len(outcome["failures"]), outcome["refused"]), (1, len(refused)))

    def test_a_call_that_a_clean_end_cut_off_fails_it(self) -> None:
        recording, t = killed_in_call(1)
        down = recording.find(recording.platform, event="down")
        for gone, cut in ((t + 100_000, 0), (t + 10_000, 1)):
            down.update(how="term", gone=gone)
            sound, outcome = self._run(recording, [], [])
            self.assertEqual((outcome["calls_cut_by_term"], sound), (cut, cut == 0))

    def test_a_webhook_that_a_clean_end_refused_fails_it(self) -> None:
        for http, sound in ((None, True), (503, False)):  # it may come when nobody listens any more
            recording, _ = killed_in_call(1)
            down = recording.find(recording.platform, event="down")
            down.update(how="term", gone=down["t"] + 100_000)
            webhook = recording.find(recording.simulator, event="webhook", kind="inbound")
            recording.simulator.append({**webhook, "t_sent": down["t"], "t": down["t"] + 50_000, "http": http})
            self.assertEqual(self._run(recording, [], [])[0], sound, http)

    def test_an_unknown_that_a_clean_end_left_fails_it_though_it_was_corrected(self) -> None:
        for how, sound in (("kill", True), ("term", False)):
            recording, _ = killed_in_call(1)
            down = recording.find(recording.platform, event="down")
            down.update(how=how, gone=down["t"] + 100_000)  # when the answer had come
            leave_unknown_for_a_while(recording)
            self.assertEqual(self._run(recording, [], [])[0], sound, how)


class FaultsTest(unittest.TestCase):
    def test_a_demo_without_faults_says_which_are_missing(self) -> None:
        recording = Recording()
        for line in [line for line in recording.simulator if line["event"] == "outcome"][:AT_LEAST]:
            line["fault"] = "hang_taken"
        missing = {failure.split()[0] for failure in missing_faults(history_of(recording))}
        self.assertEqual(set(FAULTS) - missing, {"hang_taken"})


class LoadTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.platform = Platform(Settings(3), Record(Path(folder.name) / "platform.jsonl"))
        self.addCleanup(self.platform.record.close)
        self.asked: list = []
        self.platform.ask = self.asked.extend  # type: ignore[method-assign]

    def test_keeps_so_many_in_flight_and_texts_no_step_twice(self) -> None:
        load = Load(self.platform, Progress())
        for _ in range(2 * IN_FLIGHT // AT_ONCE):
            load.feed()
        sends = [ask for ask in self.asked if ask.kind == "send"]
        self.assertLessEqual(IN_FLIGHT, len(sends))
        self.assertLess(len(sends), IN_FLIGHT + 2)
        self.assertEqual(len({(ask.organisation, ask.contact, ask.about["step"]) for ask in sends}), len(sends))
        self.assertGreater(sum(ask.about["step"] == "two" for ask in sends), 100)

    def test_knows_every_fault_point_of_the_gateway(self) -> None:
        source = Path(__file__).resolve().parents[2] / "common" / "fault" / "fault.cpp"
        self.assertEqual([name for name in POINTS if f'"{name}"' not in source.read_text()], [])
        self.assertEqual(len(POINTS), 15)


if __name__ == "__main__":
    unittest.main()
