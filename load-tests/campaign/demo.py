"""The demo: a whole campaign of two organisations in under a minute, judged from outside.

python3 -m campaign.demo [--json] [--seed N] [--build FOLDER] [--folder FOLDER]
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from campaign.desk import Desk
from campaign.ground import PARTITIONS, ROOT, Ground, end_cleanly_on_sigterm
from campaign.progress import Progress
from campaign.script import Script
from campaign.settings import Settings, contact_number
from campaign.strangers import Strangers
from campaign.table import table
from campaign.topics import Follower
from judge.history import History, load_history
from judge.laws import judge
from judge.simulator import read_simulator
from judge.summary import law_lines, summarise

AT_LEAST = 5  # texts that each kind of fault strikes
FAULTS = {"slow_report": 20, "repeated_report": 20, "disordered_reports": 20, "report_before_answer": 15,
          "throttled_429": 2, "error_500_taken": 6, "error_500_not": 6, "hang_taken": 5, "hang_not": 5,
          "close_taken": 6, "close_not": 6, "reset_taken": 6, "reset_not": 6, "garbage_taken": 6, "garbage_not": 6,
          "undeliverable": 10, "refused": 8}  # of a thousand texts: 15 % in all
CARRIER: dict[str, Any] = {
    "answer_latency_ms": {"min": 20, "max": 80},
    "faults": {"permille": FAULTS, "at_least": AT_LEAST, "slow_report_ms": {"min": 2000, "max": 4000}},
    "webhooks": {"retry_pause_ms": 300},
    "people": {"answer_permille": 280, "stop_permille": 60, "in_words_permille": 400, "late_permille": 50,
               "twice_permille": 100, "start_permille": 100, "texts_answered_max": 1, "ignored": ["No more texts"],
               "late_ms": {"min": 3000, "max": 6000}, "start_ms": {"min": 2000, "max": 4000}},
}
STEP_TWO_AFTER_S = 3.0
QUIET_WITHIN_S = 90.0
REPLAYED = 12
FAILURES_SHOWN = 20


class Demo:
    def __init__(self, folder: Path, build: Path, seed: int) -> None:
        self.ground = Ground(folder, build, Settings(seed), CARRIER)
        self.platform = self.ground.platform
        self.script = Script(self.platform)
        self.desk = Desk(self.platform, seed)
        self.progress = Progress()
        self.ground.followers = [Follower("outbound.events", PARTITIONS, self.progress.on_line),
                                 Follower("inbox.threads", PARTITIONS, self.desk.on_line)]

    def play(self) -> None:
        if not self.ground.start():
            raise SystemExit(f"the gateway did not start: see {self.ground.outside}")
        self.platform.ask(self.platform.directory())
        self.platform.settle()
        self.platform.ask(self.script.step_one())
        self._desk_for(STEP_TWO_AFTER_S)
        self.platform.ask(self.script.opt_outs())
        self.platform.ask(self.script.step_two())
        self.platform.ask(self.script.expiring())
        self._strangers()
        self._wait_quiet()
        self.ground.scrape()
        self.ground.read_all(quiet=False)
        self._restart()

    def _desk_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.desk.work()
            time.sleep(0.1)

    def _strangers(self) -> None:
        """Replayed is what the carrier has sent just now, and what a few people wrote."""
        settings = self.ground.settings
        strangers = Strangers(settings, self.ground.record, self.ground.webhooks_port)
        senders = {sender.number: sender for sender in settings.senders}
        for number, sender in enumerate(settings.senders[:4]):
            body = "I would like to know more about this" if number % 2 else "Please call me tomorrow evening"
            strangers.replay(strangers.say(contact_number(number), sender, body), contact_number(number), sender, body)
        record = read_simulator(self.ground.folder / "simulator.jsonl", torn=True)
        taken = [sid for sid, webhook in record.inbound.items() if webhook.acknowledged is not None]
        for sid in taken[:REPLAYED]:
            said = record.said[sid]
            strangers.replay(sid, said.contact, senders[said.sender], said.body)
        for sender in settings.senders[::5]:
            strangers.intrude(sender)
            self.desk.work()

    def _wait_quiet(self) -> None:
        def is_done() -> bool:
            self.desk.work()
            return not self.platform.outstanding() and self.progress.all_ended() and not self.progress.missing(
                self.script.expected)

        self.ground.wait_idle(QUIET_WITHIN_S, is_done, lambda: self.progress.seen + self.desk.seen)

    def _restart(self) -> None:
        """SIGTERM and a new start change nothing, and what is asked again is not sent again."""
        ground = self.ground
        ground.terminate()
        ground.note_down("term")
        ground.leave()
        if not ground.start():
            raise SystemExit(f"the gateway did not start again: see {ground.outside}")
        self.platform.ask(self.script.repeats())
        self.platform.settle()
        ground.wait_idle(QUIET_WITHIN_S, lambda: True, lambda: self.progress.seen + self.desk.seen)
        ground.read_all(quiet=True)
        ground.scrape()


def missing_faults(history: History) -> list[str]:
    """Kinds that struck too few texts for this run to say anything about them."""
    struck = Counter(call.fault for call in history.simulator.calls.values())
    return [f"{kind} struck {struck[kind]} texts, fewer than {AT_LEAST}"
            for kind in FAULTS if struck[kind] < AT_LEAST]


def run(folder: Path, build: Path, seed: int, *, as_json: bool) -> bool:
    began = time.monotonic()
    demo = Demo(folder, build, seed)
    try:
        demo.play()
    finally:
        demo.ground.close()
    history = load_history(folder)
    verdicts = judge(history)
    failures = demo.ground.failures + missing_faults(history)
    failures += [f"refused on the socket: {refused}" for refused in demo.platform.refused]
    outcome = {**summarise(history, verdicts, time.monotonic() - began), "failures": failures}
    sound = all(verdict.held for verdict in verdicts) and not failures
    lines = law_lines(verdicts)
    if as_json:
        print(json.dumps(outcome))
        if not sound:
            print("\n".join(lines), file=sys.stderr)
    else:
        print("\n".join(table(outcome, history) + [""] + lines))
    for failure in failures[:FAILURES_SHOWN]:
        print(failure, file=sys.stderr)
    return sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--folder", type=Path, help="kept, and a folder of an earlier run is replaced; else one that "
                                                    "is thrown away where every law held")
    options = parser.parse_args()
    end_cleanly_on_sigterm()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="whistlestop-demo-"))
    sound = run(folder, options.build, options.seed, as_json=options.json)
    if sound and options.folder is None:
        shutil.rmtree(folder)
    else:
        print(f"kept: {folder}", file=sys.stderr)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
