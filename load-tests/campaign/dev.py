"""deploy/dev: the gateway beside the simulated carrier, with a small campaign, until Ctrl-C."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from campaign.ground import ROOT, Ground
from campaign.settings import ORGANISATIONS, Settings, contact_number

CONTACTS = 200
CARRIER: dict[str, Any] = {
    "answer_latency_ms": {"min": 30, "max": 80},
    "people": {"answer_permille": 300, "stop_permille": 50, "in_words_permille": 400, "twice_permille": 50,
               "texts_answered_max": 1, "ignored": ["No more texts"], "answer_ms": {"min": 1000, "max": 10_000}},
}

GUIDE = """
A campaign of {contacts} contacts is being texted by two organisations; people answer, some say stop.

  gateway     webhooks {webhooks}/webhooks/twilio/ACCOUNT/(inbound|status)
              operations {operations}
  carrier     {carrier}, with the people's phones
  folder      {folder}: the gateway's data, its log under outside/, the carrier's record in simulator.jsonl

Look (in another terminal, from the project's folder):
  curl -s {operations}/readyz
  curl -s {operations}/metrics
  curl -s {carrier}/_sim/stats
  build/whistlestop topics tail outbound.events --config {config}
  build/whistlestop topics consume inbox.threads --config {config} --from begin --until-now
  tail -f {folder}/simulator.jsonl

Be a phone that says stop, and see what becomes of it:
  curl -s {carrier}/_sim/say -d '{{"from": "{phone}", "to": "{sender}", "body": "Stop!!"}}'
  build/whistlestop topics consume consent --config {config} --from begin --until-now | grep '{phone}'

Be the platform, and text somebody:
  echo '{request}' |
    build/whistlestop topics produce outbound.requests --config {config}

Ctrl-C ends both.
"""
REQUEST = ('{{"specversion":"1.0","id":"by-hand-1","source":"/me","type":"send","time":"'"'$(date -u +%FT%TZ)'"'",'
           '"data":{{"organisation":"{organisation}","contact":"+17205559999","send":{{"campaign":"{campaign}",'
           '"step":"by-hand","text":"Hello from the command line","started_by":"me"}}}}}}')


def guide(ground: Ground) -> str:
    assert ground.gateway is not None
    sender, campaign = ground.settings.senders[0], ground.settings.campaigns[0]
    request = REQUEST.format(organisation=campaign.organisation, campaign=campaign.id)
    return GUIDE.format(
        contacts=CONTACTS, webhooks=f"http://127.0.0.1:{ground.gateway.webhooks_port}",
        operations=f"http://127.0.0.1:{ground.gateway.operations_port}",
        carrier=f"http://127.0.0.1:{ground.simulator.port}", folder=_short(ground.folder), config=_short(ground.config),
        phone=contact_number(1), sender=sender.number, request=request)


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def seed_campaign(ground: Ground) -> None:
    platform = ground.platform
    platform.ask(platform.directory())
    platform.settle()
    organisations = list(ORGANISATIONS)
    platform.ask([platform.send(f"one-{index}", organisations[index % len(organisations)], contact_number(index), "one")
                  for index in range(CONTACTS)])
    platform.settle()


def wait_for_the_end(ground: Ground) -> bool:
    """Until Ctrl-C or SIGTERM; False: the gateway ended by itself."""
    asked_to_end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_end.set())
    while not asked_to_end.wait(0.5):
        if ground.gateway is None or ground.gateway.ended():
            return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "dev",
                        help="of the data and the records; a folder of an earlier run is replaced")
    options = parser.parse_args()
    ground = Ground(options.folder, options.build, Settings(options.seed), CARRIER)
    try:
        if not ground.start():
            print(f"the gateway did not start: see {ground.outside}", file=sys.stderr)
            return 1
        seed_campaign(ground)
        print(guide(ground), flush=True)
        if not wait_for_the_end(ground):
            print(f"the gateway ended by itself: see {ground.outside}", file=sys.stderr)
            return 1
        print("\nending", flush=True)
    finally:
        ground.close()
    for failure in ground.failures:
        print(failure, file=sys.stderr)
    return 1 if ground.failures else 0


if __name__ == "__main__":
    sys.exit(main())
