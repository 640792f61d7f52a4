"""Where a campaign takes place: its folder, the programs, the simulator, and a gateway that may come and go."""

import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from campaign.platform import Ask, Platform
from campaign.processes import Gateway, Simulator, free_port, gateway_config
from campaign.record import Record, now_us
from campaign.settings import Settings
from campaign.topics import Follower, Gone, snapshot

ROOT = Path(__file__).resolve().parents[2]
PARTITIONS = 12
RECORD = "platform.jsonl"  # every run has it from its beginning
STEADY_S = 1.0


def program(build: Path, name: str) -> Path:
    file = build / name
    if not file.exists():
        raise SystemExit(f"no {file}: build it first (cmake --preset release && cmake --build build)")
    return file


def make_room(folder: Path) -> None:
    """A run begins with nothing; what it replaces is an earlier run, and never anything else."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RECORD).exists():
        raise SystemExit(f"{folder} holds something that is no earlier run: name a folder that is new or empty, "
                         "or empty this one yourself")
    shutil.rmtree(folder, ignore_errors=True)


def end_cleanly_on_sigterm() -> None:
    """As on Ctrl-C: what was started is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Ground:
    def __init__(self, folder: Path, build: Path, settings: Settings, carrier: dict[str, Any]) -> None:
        self.whistlestop = program(build, "whistlestop")
        carrier_program = program(build, "whistlestop-simulator")
        make_room(folder)
        (folder / "read" / "live").mkdir(parents=True)
        self.folder = folder
        self.outside = folder / "outside"  # what the law `private` searches
        self.settings = settings
        self.record = Record(folder / RECORD)
        self.webhooks_port = free_port()
        self.simulator = Simulator(carrier_program, folder, {
            "seed": settings.seed, "record": str(folder / "simulator.jsonl"),
            "accounts": settings.carrier_accounts(self.webhooks_port), **carrier})
        self.config = folder / "whistlestop.toml"
        self.config.write_text(gateway_config(settings, folder, self.simulator.port, self.webhooks_port))
        self.socket = folder / "data" / "topics.sock"
        self.platform = Platform(settings, self.record)
        self.followers: list[Follower] = []
        self.gateway: Gateway | None = None
        self.snapshots = 0
        self.scrapes = 0
        self.down: dict[str, Any] | None = None
        self.failures: list[str] = []  # what no law sees, and the run fails for

    def start(self, fault: str = "") -> bool:
        """False: it ended before it was ready."""
        self.gateway = Gateway(self.whistlestop, self.config, self.outside, fault)
        if not self.gateway.wait_started():
            return False
        try:
            self.platform.connect(self.socket)
            for follower in self.followers:
                follower.start(self.socket)
        except Gone:
            return False
        if self.down is not None:
            self.record.write("down", **self.down, up=now_us())
            self.down = None
        return True

    def terminate(self) -> None:
        """As whoever runs it ends it: nothing but 0 is a clean end."""
        assert self.gateway is not None
        if self._ended_by_itself():
            return
        code = self.gateway.terminate()
        if code != 0:
            self.failures.append(f"the gateway ended with {code} on SIGTERM")

    def kill(self) -> None:
        assert self.gateway is not None
        self._ended_by_itself()
        self.gateway.kill()

    def _ended_by_itself(self) -> bool:
        """That is a failure, whenever it is found."""
        gateway = self.gateway
        if gateway is None or not gateway.ended_by_itself():
            return False
        self.failures.append(f"the gateway ended by itself with {gateway.process.returncode}: see {gateway.log_file}")
        return True

    def note_down(self, how: str) -> None:
        if self.down is None:
            self.down = {"t": now_us(), "how": how}

    def leave(self) -> list[Ask]:
        """Lets go of a gateway that has ended. What it did not acknowledge may be asked again."""
        if self.down is not None:
            self.down.setdefault("gone", now_us())
        lost = self.platform.disconnect()
        for follower in self.followers:
            follower.stop()
        return lost

    def scrape(self) -> None:
        assert self.gateway is not None
        self.scrapes += 1
        (self.outside / f"metrics-{self.scrapes}").write_text(self.gateway.metrics())

    def read_all(self, *, quiet: bool) -> None:
        self.snapshots += 1
        snapshot(self.socket, self.folder / "read" / str(self.snapshots))
        self.record.write("snapshot", number=self.snapshots, t=now_us(), quiet=quiet,
                          retention_s=60.0 * self.settings.retention_minutes)

    def wait_idle(self, within_s: float, is_done: Callable[[], bool], pulse: Callable[[], int]) -> None:
        """Until the carrier owes nothing, `is_done`, and for a second nothing more was seen; if not, the run fails."""
        until = time.monotonic() + within_s
        since, last = time.monotonic(), -1
        while time.monotonic() < until:
            beat = pulse()
            if beat != last or not self.simulator.stats()["idle"] or not is_done():
                since, last = time.monotonic(), beat
            elif time.monotonic() - since >= STEADY_S:
                return
            time.sleep(0.05)
        self.failures.append(f"the campaign did not come to rest in {within_s:g} s")

    def close(self) -> None:
        if not self._ended_by_itself() and self.gateway is not None and not self.gateway.ended():
            self.terminate()
        self.leave()
        self.simulator.stop()
        self.record.close()
