"""tests/kill: the whole gateway dies by `kill -9` again and again under load, the carrier lives on, and nothing shows.

A round has two lives: in one a fault point kills from inside, in the other the kill comes at a random moment once
enough is in flight; in the last round it is a SIGTERM, after which every open call is heard to its end and nothing is
left unknown. At the end everything drains, the gateway is killed once more at rest, and the judge looks.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from campaign.desk import Desk
from campaign.ground import PARTITIONS, ROOT, Ground, end_cleanly_on_sigterm
from campaign.kill_outcome import NOT_PLAYED, hardly_asked, outcome_of
from campaign.load import Load
from campaign.platform import Ask
from campaign.progress import Progress
from campaign.settings import Settings
from campaign.topics import Follower
from judge.events import READ_TOPICS
from judge.history import load_history
from judge.laws import judge
from judge.summary import law_lines

IN_FLIGHT_MIN = 500
CALLS_OPEN_MIN = 50
AT_REST_S = 120.0

# How often each point may be reached before it kills: enough for the load to be there, few enough for a short life.
POINTS = {
    "worker_before_submit": (60, 300), "worker_after_durable": (60, 300), "log_before_write": (60, 300),
    "log_before_sync": (60, 300), "log_after_sync": (60, 300), "log_segment_rotated": (1, 2), "log_before_trim": (1, 1),
    "checkpoint_before_write": (1, 2), "checkpoint_after_write": (1, 2), "checkpoint_after_flush": (1, 1),
    "effect_before_gate": (50, 400), "effect_before_call": (50, 400), "effect_answered": (50, 300),
    "intake_before_append": (50, 300), "intake_after_durable": (50, 300),
}
LIFE_S = 4.0  # of a life whose fault point is not reached
SETTLES_S = 5.0  # what a kill left open is closed as unknown by then, 2.5 s after the opening: no clean end's fault

CARRIER: dict[str, Any] = {
    "answer_latency_ms": {"min": 150, "max": 400},
    "faults": {"permille": {"slow_report": 20, "repeated_report": 20, "disordered_reports": 20}, "at_least": 5,
               "slow_report_ms": {"min": 1000, "max": 3000}},
    "webhooks": {"retries": 100_000, "retry_pause_ms": 200},
    "people": {"answer_permille": 100, "stop_permille": 150, "in_words_permille": 400, "twice_permille": 50,
               "start_permille": 50,
               "texts_answered_max": 1, "ignored": ["No more texts"], "read_ms": {"min": 20, "max": 100},
               "answer_ms": {"min": 50, "max": 400}, "start_ms": {"min": 1000, "max": 3000}},
}


class Kill:
    def __init__(self, folder: Path, build: Path, seed: int) -> None:
        settings = Settings(seed, sender_rate=60, account_rate=120, segment_mib=1, retention_minutes=1,
                            flush_mib=8, checkpoint_ms=1000)  # a life is a few seconds
        self.ground = Ground(folder, build, settings, CARRIER)
        self.platform = self.ground.platform
        self.random = settings.random
        self.progress = Progress()
        self.desk = Desk(self.platform, seed)
        self.load = Load(self.platform, self.progress)
        self.hits = dict.fromkeys(POINTS, 0)
        self.lost: list[Ask] = []
        self.live = {topic: (folder / "read" / "live" / f"{topic}.lines").open("a") for topic in READ_TOPICS}
        self.ground.followers = [Follower(topic, 1 if topic.startswith("directory") else PARTITIONS, self._saw(topic))
                                 for topic in READ_TOPICS]

    def _saw(self, topic: str) -> Any:
        file = self.live[topic]
        also = {"outbound.events": self.progress.on_line, "inbox.threads": self.desk.on_line}.get(topic)

        def saw(line: str) -> None:
            file.write(line + "\n")
            if also is not None:
                also(line)

        return saw

    def play(self, rounds: int) -> None:
        self._begin()
        points = list(POINTS)
        self.random.shuffle(points)
        points.sort(key="log_before_trim".__eq__)  # last: only what is older than the retention is trimmed
        for number in range(rounds):
            point = points[number % len(points)]
            died = self._fault_life(point)
            how = "term" if number + 1 == rounds else "kill"
            in_flight, calls_open = self._plain_life(SETTLES_S if how == "term" else 0)
            self._end(how)
            print(f"round {number + 1}/{rounds}: {point} {'hit' if died else 'not reached'}; {how} with {in_flight} "
                  f"in flight, {calls_open} calls open", file=sys.stderr, flush=True)
        self._drain()

    def _begin(self) -> None:
        self._start()
        self.platform.ask(self.platform.directory())
        self.platform.settle()
        self._end("begin")

    def _start(self, fault: str = "") -> bool:
        if not self.ground.start(fault):
            return False
        lost, self.lost = self.lost, []
        if lost:
            self.platform.ask(lost)
        return True

    def _end(self, how: str) -> None:
        self.ground.note_down(how)
        if how == "term":
            self.ground.terminate()
        else:
            self.ground.kill()
        self.lost += self.ground.leave()

    def _fault_life(self, point: str) -> bool:
        gateway_lives = self._start(f"{point}:{self.random.randint(*POINTS[point])}")
        gateway = self.ground.gateway
        assert gateway is not None
        until = time.monotonic() + LIFE_S
        while gateway_lives and not gateway.ended() and time.monotonic() < until:
            self._work()
        died = gateway.ended()
        self._end(point if died else "not reached")
        self.hits[point] += died
        return died

    def _plain_life(self, at_least_s: float) -> tuple[int, int]:
        """To a random moment, when enough is in flight."""
        if not self._start():
            raise SystemExit(f"the gateway did not start again: see {self.ground.outside}")
        gateway = self.ground.gateway
        assert gateway is not None
        ready = False
        at = 0.0
        earliest = time.monotonic() + at_least_s
        until = time.monotonic() + 60
        while True:
            self._work()
            in_flight, calls_open = self.load.in_flight(), self.ground.simulator.stats()["answers_due"]
            enough = in_flight >= IN_FLIGHT_MIN + 100 and calls_open >= CALLS_OPEN_MIN + 10
            if enough and not ready:
                ready, at = True, max(time.monotonic(), earliest) + self.random.uniform(0, 2.0)
            if (enough and time.monotonic() >= at) or time.monotonic() > until or gateway.ended():
                break
        return in_flight, calls_open

    def _work(self) -> None:
        self.load.feed()
        self.desk.work()
        time.sleep(0.02)

    def _drain(self) -> None:
        self._start()

        def is_done() -> bool:
            self.desk.work()
            return not self.platform.outstanding() and self.progress.all_ended() and not self.load.in_flight()

        def pulse() -> int:
            return self.progress.seen + self.desk.seen

        self.ground.wait_idle(AT_REST_S, is_done, pulse)
        self.ground.scrape()
        self.ground.read_all(quiet=False)
        self._end("rest")
        self._start()
        self.ground.wait_idle(AT_REST_S, lambda: True, pulse)
        self.ground.read_all(quiet=True)

    def close(self) -> None:
        self.ground.close()
        for file in self.live.values():
            file.close()


def run(folder: Path, build: Path, seed: int, rounds: int) -> bool:
    kill = Kill(folder, build, seed)
    try:
        kill.play(rounds)
    finally:
        kill.close()
    history = load_history(folder)
    verdicts = judge(history)
    print("\n".join(law_lines([verdict for verdict in verdicts if verdict.law not in NOT_PLAYED])), file=sys.stderr)
    refused = [f"refused on the socket: {refused}" for refused in kill.platform.refused]
    failures = kill.ground.failures + refused + hardly_asked(verdicts)
    outcome = outcome_of(history, verdicts, rounds, kill.hits, len(refused), failures)
    print(json.dumps(outcome))
    return (not any(verdict.violations for verdict in verdicts) and not failures
            and outcome["unknown_left"] == 0 and outcome["unknown_by_term"] == 0 and outcome["calls_cut_by_term"] == 0
            and outcome["webhooks_refused_by_term"] == 0
            and outcome["unknown_max"] <= kill.ground.settings.open_intents_max
            and outcome["in_flight_min"] >= IN_FLIGHT_MIN and outcome["calls_open_min"] >= CALLS_OPEN_MIN
            and (rounds < 2 * len(POINTS) or all(kill.hits.values())))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--folder", type=Path, help="kept, and a folder of an earlier run is replaced; else one that "
                                                    "is thrown away where nothing was found")
    options = parser.parse_args()
    end_cleanly_on_sigterm()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="whistlestop-kill-"))
    sound = run(folder, options.build, options.seed, options.rounds)
    if sound and options.folder is None:
        shutil.rmtree(folder)
    else:
        print(f"kept: {folder}", file=sys.stderr)
    return 0 if sound else 1
