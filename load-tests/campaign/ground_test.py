import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from campaign import demo
from campaign.ground import Ground, make_room
from campaign.processes import Gateway
from campaign.settings import Settings
from judge.fixture import Recording


class GroundTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        with mock.patch("campaign.ground.program"), mock.patch("campaign.ground.Simulator"):
            self.ground = Ground(Path(folder.name) / "run", Path(folder.name), Settings(1), {})
        self.addCleanup(self.ground.record.close)

    def _end_with(self, code: int) -> None:
        self.ground.gateway = SimpleNamespace(  # type: ignore[assignment]
            terminate=lambda: code, ended=lambda: False, ended_by_itself=lambda: False)

    def _run(self, script: str, fault: str = "") -> None:
        """In the gateway's place, to its end."""
        program = self.ground.folder / "program"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        self.ground.gateway = Gateway(program, Path("-"), self.ground.outside, fault)
        self.addCleanup(self.ground.gateway.log.close)
        self.ground.gateway.process.wait()

    def test_a_gateway_that_ends_with_an_error_on_sigterm_is_a_failure(self) -> None:
        self._end_with(0)
        self.ground.terminate()
        self.assertEqual(self.ground.failures, [])
        self._end_with(3)
        self.ground.terminate()
        self.assertEqual(self.ground.failures, ["the gateway ended with 3 on SIGTERM"])

    def test_so_is_one_that_ends_so_when_all_is_over(self) -> None:
        self._end_with(-11)
        self.ground.close()
        self.assertEqual(self.ground.failures, ["the gateway ended with -11 on SIGTERM"])

    def test_so_is_one_that_had_ended_by_itself_whoever_finds_it(self) -> None:
        for found in (self.ground.terminate, self.ground.kill, self.ground.close):
            with self.subTest(found=found.__name__):
                self.ground.failures.clear()
                self._run("exit 0")
                found()
                self.ground.close()
                self.assertEqual([failure.split(":")[0] for failure in self.ground.failures],
                                 ["the gateway ended by itself with 0"])

    def test_one_that_its_fault_point_killed_is_none_but_what_else_kills_it_is(self) -> None:
        for script, fault, failures in (("kill -9 $$", "log_before_sync:1", 0), ("kill -9 $$", "", 1),
                                        ("exit 1", "log_before_sync:1", 1)):
            with self.subTest(script=script, fault=fault):
                self.ground.failures.clear()
                self._run(script, fault)
                self.ground.kill()
                self.ground.close()
                self.assertEqual(len(self.ground.failures), failures)

    def test_a_campaign_that_does_not_come_to_rest_is_a_failure(self) -> None:
        self.ground.simulator.stats = lambda: {"idle": True}  # type: ignore[method-assign]
        with mock.patch("campaign.ground.STEADY_S", 0.0):
            self.ground.wait_idle(10, lambda: True, lambda: 7)
            self.assertEqual(self.ground.failures, [])
            self.ground.wait_idle(0.1, lambda: False, lambda: 7)
        self.assertEqual(self.ground.failures, ["the campaign did not come to rest in 0.1 s"])


class RoomTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "run").mkdir()

    def test_a_folder_that_holds_something_else_is_left_alone(self) -> None:
        (self.folder / "run" / "README.md").write_text("mine")
        with self.assertRaisesRegex(SystemExit, "name a folder that is new or empty"):
            make_room(self.folder / "run")
        self.assertEqual((self.folder / "run" / "README.md").read_text(), "mine")

    def test_an_empty_one_and_an_earlier_run_are_replaced(self) -> None:
        make_room(self.folder / "run")
        self.assertFalse((self.folder / "run").exists())
        (self.folder / "run" / "read").mkdir(parents=True)
        (self.folder / "run" / "platform.jsonl").touch()
        make_room(self.folder / "run")
        self.assertFalse((self.folder / "run").exists())
        make_room(self.folder / "run")

    def test_ground_asks_before_it_begins(self) -> None:
        (self.folder / "run" / "README.md").write_text("mine")
        with mock.patch("campaign.ground.program"), self.assertRaises(SystemExit):
            Ground(self.folder / "run", self.folder, Settings(1), {})
        self.assertTrue((self.folder / "run" / "README.md").exists())


class DemoTest(unittest.TestCase):
    def _run(self, failures: list[str], refused: list[str]) -> tuple[bool, dict]:
        """Of a recorded history in which every law held."""
        played = SimpleNamespace(play=lambda: None, platform=SimpleNamespace(refused=refused),
                                 ground=SimpleNamespace(close=lambda: None, failures=failures))
        out = io.StringIO()
        with (tempfile.TemporaryDirectory() as folder, mock.patch("campaign.demo.Demo", lambda *_: played),
              mock.patch("campaign.demo.FAULTS", {}), contextlib.redirect_stdout(out),
              contextlib.redirect_stderr(io.StringIO())):
            Recording().write(Path(folder))
            sound = demo.run(Path(folder), Path(), 1, as_json=True)
        return sound, json.loads(out.getvalue())

    def test_a_failure_that_no_law_sees_fails_the_run_and_stands_in_its_json(self) -> None:
        sound, outcome = self._run([], [])
        self.assertEqual((sound, outcome["failures"]), (True, []))
        sound, outcome = self._run(["the gateway ended with 3 on SIGTERM"], ["dlq x: error: no"])
        self.assertEqual((sound, outcome["failures"]), (False, ["the gateway ended with 3 on SIGTERM",
                                                                "refused on the socket: dlq x: error: no"]))
        self.assertTrue(all(law["held"] for law in outcome["laws"].values()))


if __name__ == "__main__":
    unittest.main()
