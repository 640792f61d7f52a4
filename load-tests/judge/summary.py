"""The figures of a campaign, as `--json` prints them."""

from typing import Any

from judge.history import History
from judge.verdict import Verdict

NOT_GONE = ("REJECTED", "SUPPRESSED", "EXPIRED", "CANCELLED")


def summarise(history: History, verdicts: list[Verdict], seconds: float) -> dict[str, Any]:
    requests = [request for request in history.requests.values() if request.events]
    sent = [request for request in requests if request.state == "SENT"]
    delivered = sum(request.delivery >= 5 for request in sent)
    newest = {event.key: event.data for event in history.topics["inbox.threads"]}
    standing = {event.key: event.data.get("standing", {}) for event in history.topics["consent"]}
    return {
        "contacts": len({request.contact for request in history.requests.values()}),
        "texts_requested": len(history.requests),
        "texts_sent": len(sent),
        "texts_delivered": delivered,
        "texts_failed": len(sent) - delivered + sum(request.state in NOT_GONE for request in requests),
        "replies": len(history.inbound),
        "opted_out": sum(bool(entry.get("entries")) for entry in standing.values()),
        "threads": len(newest),
        "needs_attention": sum(bool(thread.get("needs_attention")) for thread in newest.values()),
        "unknown": sum(request.state == "UNKNOWN" for request in requests),
        "laws": {verdict.law: {"held": verdict.held, "checks": verdict.checks} for verdict in verdicts},
        "seconds": round(seconds, 1),
    }


def law_lines(verdicts: list[Verdict], shown: int = 10) -> list[str]:
    lines = []
    for verdict in verdicts:
        found = f", {len(verdict.violations)} violations" if verdict.violations else ""
        lines.append(f"{verdict.law:<10} {'held' if verdict.held else 'BROKEN':<7} {verdict.checks:>7} checks{found}")
        lines += [f"    {text}" for text in verdict.violations[:shown]]
        lines += [f"    {text}" for text in verdict.notes]
    return lines
