"""Law `strangers`: webhooks that are not the carrier's, or come again, change nothing."""

import json
import re
from collections import Counter

from judge.history import History
from judge.verdict import Verdict

NAMES = re.compile(r"\+\d+|SM\w+")  # numbers and the carrier's ids


def judge_strangers(history: History) -> Verdict:
    verdict = Verdict("strangers")
    shown = {name for events in history.topics.values() for event in events
             for name in NAMES.findall(json.dumps([event.key, event.attributes, event.data], ensure_ascii=False))}
    classified = Counter(event.data.get("text", {}).get("provider_id")
                         for event in history.topics["inbound.classified"])
    for stranger in history.platform.strangers:
        name = f"{stranger.what} webhook"
        refused = stranger.http is not None and 400 <= stranger.http < 500
        if stranger.what == "replayed":
            again = stranger.http is not None and 200 <= stranger.http < 300
            verdict.check(refused or again, f"{name}: answered {stranger.http}")
            verdict.check(classified[stranger.sid] == 1, f"{name}: {classified[stranger.sid]} classified records")
            continue
        verdict.check(refused, f"{name}: answered {stranger.http}")
        verdict.check(stranger.sid not in shown, f"{name}: its id shows up in a topic")
        if stranger.contact:
            verdict.check(stranger.contact not in shown, f"{name}: its number shows up in a topic")
    return verdict
