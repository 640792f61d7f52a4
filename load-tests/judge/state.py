"""Law `state`: a restart changes nothing that can be seen. What was read once is read again, line for line."""

import json
from collections import defaultdict
from datetime import datetime

from judge.events import READ_TOPICS, Decoder, begins_of, lines_of, position_of
from judge.history import History
from judge.platform import Snapshot
from judge.verdict import Verdict

Partitions = dict[int, list[str]]


def judge_state(history: History) -> Verdict:
    verdict = Verdict("state")
    if history.folder is None:
        return verdict
    snapshots = sorted(history.platform.snapshots, key=lambda snapshot: snapshot.number)
    for before, after in zip(snapshots, snapshots[1:]):
        for topic in READ_TOPICS:
            _compare(verdict, history, topic, before, after)
        if after.quiet:
            late = [call.number for call in history.simulator.calls.values() if call.t > before.t]
            verdict.check(not late, f"{len(late)} calls after the restart")
    if snapshots:
        for topic in READ_TOPICS:
            _seen_live(verdict, history, topic, snapshots[-1])
    repeated = [request for request in history.requests.values() if request.asked.times > 1]
    for request in repeated:
        verdict.check(len(request.taken) <= 1, f"{request}: asked again, sent again")
    return verdict


def _by_partition(lines: list[str], topic: str, decoder: Decoder | None) -> Partitions:
    """Without the echoes of markers, which come and go with the work."""
    partitions: Partitions = defaultdict(list)
    for line in lines:
        if topic == "consent" and decoder is not None and "echo" in decoder.event(topic, line).data:
            continue
        partitions[position_of(json.loads(line))[0]].append(line)
    return partitions


def _still_due(lines: list[str], standing: list[str], snapshot: Snapshot) -> list[str]:
    """Of `lines`, those that the snapshot must have: not what its retention let go from the front of a partition."""
    if not snapshot.retention_s:
        return lines
    begins = begins_of(standing)
    newest = snapshot.t / 1e6 - snapshot.retention_s

    def was_trimmed(line: str) -> bool:
        members = json.loads(line)
        partition, offset = position_of(members)
        came = datetime.fromisoformat(members["time"]).timestamp()
        return offset < begins.get(partition, 1 << 63) and came < newest

    return [line for line in lines if not was_trimmed(line)]


def _compare(verdict: Verdict, history: History, topic: str, before: Snapshot, after: Snapshot) -> None:
    assert history.folder is not None
    decoder = Decoder() if after.quiet else None
    earlier, later = (lines_of(history.folder / "read" / str(read.number), topic) for read in (before, after))
    old = _by_partition(_still_due(earlier, later, after), topic, decoder)
    new = _by_partition(later, topic, decoder)
    for partition in sorted(old.keys() | new.keys()):
        was, now = old.get(partition, []), new.get(partition, [])
        differing = sum(a != b for a, b in zip(was, now)) + max(0, len(was) - len(now))
        verdict.check(differing == 0, f"{topic} {partition}: {differing} of {len(was)} lines changed or missing")
        if after.quiet and len(now) > len(was):
            verdict.broken(f"{topic} {partition}: {len(now) - len(was)} new lines, and nothing was asked")
        verdict.checks += min(len(was), len(now))


def _seen_live(verdict: Verdict, history: History, topic: str, last: Snapshot) -> None:
    """What a reader was shown before a crash is still there after it."""
    assert history.folder is not None
    lines = lines_of(history.folder / "read" / str(last.number), topic)
    standing = set(lines)
    for line in _still_due(lines_of(history.folder / "read" / "live", topic), lines, last):
        verdict.check(line in standing, f"{topic} {json.loads(line)['position']}: was shown, and is gone or another")
