"""The two processes of a campaign: the simulated carrier, and the gateway on a folder of its own."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import IO, Any

from campaign.settings import Account, Settings

STARTED = re.compile(r"event=started .*webhooks_port=(\d+) operations_port=(\d+)")
START_WITHIN_S = 60.0  # a gateway that rolls a long log forward, on a busy machine


class Failed(RuntimeError):
    pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, method: str, target: str, body: Any = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, target, None if body is None else json.dumps(body))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


class Simulator:
    def __init__(self, program: Path, folder: Path, config: dict[str, Any]) -> None:
        file = folder / "simulator.json"
        file.write_text(json.dumps(config, indent=1))
        self.log = (folder / "simulator.log").open("w")
        self.process = subprocess.Popen([program, "--config", file], stdout=subprocess.PIPE, stderr=self.log,
                                        text=True, start_new_session=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith("listening="):
            raise Failed(f"the simulator did not start: {(folder / 'simulator.log').read_text()}")
        self.port = int(line.strip().removeprefix("listening="))

    def stats(self) -> dict[str, Any]:
        return json.loads(ask(self.port, "GET", "/_sim/stats")[1])

    def send_webhooks_to(self, port: int) -> None:
        ask(self.port, "POST", "/_sim/webhooks", {"base": f"http://127.0.0.1:{port}"})

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def gateway_config(settings: Settings, folder: Path, carrier_port: int, webhooks_port: int) -> str:
    sections = {
        "data": {"folder": str(folder / "data")},
        "webhooks": {"port": webhooks_port, "public_url": settings.public_url},
        "operations": {"port": 0},
        "limits": {"open_intents_max": settings.open_intents_max},
        "log": {"segment_mib": settings.segment_mib, "retention_minutes": settings.retention_minutes},
        "state": {"flush_mib": settings.flush_mib, "checkpoint_ms": settings.checkpoint_ms},
    }
    lines = []
    for name, keys in sections.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())]
    for account in settings.accounts:
        keys = _keys(account, carrier_port)
        lines += ["[[accounts]]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())]
    return "\n".join(lines) + "\n"


def _keys(account: Account, carrier_port: int) -> dict[str, Any]:
    return {"id": account.name, "provider": "twilio", "sid": account.sid, "auth_tokens": [account.token],
            "base_url": f"http://127.0.0.1:{carrier_port}", "segments_per_second": account.segments_per_second,
            "http_timeout_ms": 2000, "absent_after_ms": 3000, "list_is_proof": True}


class Gateway:
    """One life of it; the folder outlives it."""

    def __init__(self, program: Path, config: Path, outside: Path, fault: str = "") -> None:
        outside.mkdir(parents=True, exist_ok=True)
        self.log_file = outside / f"gateway-{len(list(outside.glob('gateway-*')))}.log"
        self.log: IO[str] = self.log_file.open("w")
        self.fault = fault
        self.end_known = False  # asked for by us, or told already
        environment = {**os.environ, **({"WHISTLESTOP_FAULT": fault} if fault else {})}
        self.process = subprocess.Popen([program, "all", "--config", config], stdout=self.log, stderr=self.log,
                                        env=environment, start_new_session=True)
        self.webhooks_port = self.operations_port = 0

    def wait_started(self) -> bool:
        """False: it ended before, as an armed fault may have it."""
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until:
            if found := STARTED.search(self.log_file.read_text()):
                self.webhooks_port, self.operations_port = int(found[1]), int(found[2])
                return self._wait_ready(until)
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        raise Failed(f"the gateway did not start: see {self.log_file}")

    def _wait_ready(self, until: float) -> bool:
        while time.monotonic() < until:
            try:
                if ask(self.operations_port, "GET", "/readyz")[0] == 200:
                    return True
            except OSError:
                if self.process.poll() is not None:
                    return False
            time.sleep(0.01)
        raise Failed(f"the gateway is not ready: see {self.log_file}")

    def ended(self) -> bool:
        return self.process.poll() is not None

    def ended_by_itself(self) -> bool:
        """Neither asked to end, nor killed by the fault point that it was given. True once."""
        code = self.process.poll()
        found = code is not None and not self.end_known and not (self.fault and code == -signal.SIGKILL)
        self.end_known |= found
        return found

    def metrics(self) -> str:
        return ask(self.operations_port, "GET", "/metrics")[1]

    def terminate(self) -> int:
        self.end_known = True
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            return -signal.SIGKILL

    def kill(self) -> None:
        self.end_known = True
        self.process.kill()
        self.process.wait()
