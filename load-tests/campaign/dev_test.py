import json
import re
import unittest
from types import SimpleNamespace

from campaign.dev import guide
from campaign.ground import ROOT
from campaign.settings import Settings


class GuideTest(unittest.TestCase):
    def test_names_what_runs_where_and_a_request_that_can_be_asked(self) -> None:
        ground = SimpleNamespace(
            gateway=SimpleNamespace(webhooks_port=1111, operations_port=2222), simulator=SimpleNamespace(port=3333),
            settings=Settings(1), folder=ROOT / "build" / "dev", config=ROOT / "build" / "dev" / "whistlestop.toml")
        text = guide(ground)  # type: ignore[arg-type]
        for part in ("127.0.0.1:1111/webhooks/twilio/", "127.0.0.1:2222/metrics", "127.0.0.1:3333/_sim/say",
                     "--config build/dev/whistlestop.toml"):
            self.assertIn(part, text)
        request = re.search(r"echo '(.*)' \|", text)
        assert request is not None
        event = json.loads(request[1].replace("'$(date -u +%FT%TZ)'", "2026-11-24T18:00:00Z"))
        self.assertEqual(event["data"]["send"]["campaign"], "riverside-vote")
        self.assertEqual(event["time"], "2026-11-24T18:00:00Z")


if __name__ == "__main__":
    unittest.main()
