"""The demo's outcome as a table."""

from collections import Counter
from typing import Any

from judge.history import History

ROWS = {
    "contacts": "contacts",
    "texts_requested": "texts requested, answers by the desk among them",
    "texts_sent": "sent",
    "texts_delivered": "delivered",
    "texts_failed": "refused, undeliverable, suppressed, expired or cancelled",
    "replies": "replies",
    "opted_out": "opted out, per organisation",
    "threads": "threads",
    "needs_attention": "threads that need attention",
    "unknown": "unknown",
    "seconds": "seconds",
}


def table(outcome: dict[str, Any], history: History) -> list[str]:
    lines = [f"{outcome[name]:>8}  {meaning}" for name, meaning in ROWS.items()]
    states = Counter(request.state.lower() or "open" for request in history.requests.values() if request.events)
    faults = Counter(call.fault for call in history.simulator.calls.values() if call.fault)
    lines.append("          requests ended: " + ", ".join(f"{count} {state}" for state, count in states.most_common()))
    lines.append(f"          {sum(faults.values())} calls met a fault: "
                 + ", ".join(f"{count} {fault}" for fault, count in sorted(faults.items())))
    return lines
