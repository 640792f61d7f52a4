"""Law `private`: no number and no text in any log line, metric, header value or crash output.

Planted are all numbers and texts of the campaign, in and out. A text is looked for by the GRAM characters of its
beginning and of its end, so that a cut or prefixed one is found as well; shorter texts would be found by chance.
"""

import re
from collections.abc import Iterator

from judge.history import History
from judge.verdict import Verdict

GRAM = 14
DIGITS = re.compile(r"\d{9,}")


def planted_numbers(history: History) -> set[str]:
    numbers = {request.contact for request in history.requests.values()}
    numbers |= {said.contact for said in history.said.values()}
    numbers |= {stranger.contact for stranger in history.platform.strangers}
    numbers |= set(history.senders)
    return {number.lstrip("+") for number in numbers if number}


def planted_grams(history: History) -> set[str]:
    texts = {request.asked.text for request in history.requests.values()}
    texts |= {said.body for said in history.said.values()}
    texts |= {call.body for call in history.automatic}
    return {part for text in texts if len(text) >= GRAM for part in (text[:GRAM], text[-GRAM:])}


def haystacks(history: History) -> Iterator[tuple[str, str]]:
    """Name and text of everything that people other than the platform may read."""
    if history.folder is not None:
        for file in sorted((history.folder / "outside").glob("*")):
            yield file.name, file.read_text(errors="replace")
    for topic, events in history.topics.items():
        yield f"headers of {topic}", "\n".join("\n".join(event.attributes.values()) for event in events)


def judge_private(history: History) -> Verdict:
    verdict = Verdict("private")
    numbers, grams = planted_numbers(history), planted_grams(history)
    for name, text in haystacks(history):
        lines = text.splitlines()
        found = [line for line in set(lines) if _tells(line, numbers, grams)]
        verdict.checks += len(lines)
        if found:
            verdict.broken(f"{name}: {len(found)} lines with a number or a text of somebody")
    return verdict


def _tells(line: str, numbers: set[str], grams: set[str]) -> bool:
    if any(_holds_number(digits, numbers) for digits in DIGITS.findall(line)):
        return True
    return any(line[at : at + GRAM] in grams for at in range(len(line) - GRAM + 1))


def _holds_number(digits: str, numbers: set[str]) -> bool:
    """Also where it stands inside a longer run, or has lost its country code."""
    sizes = (10, 11, 12)
    return any(part in numbers or "1" + part in numbers
               for size in sizes for at in range(len(digits) - size + 1) if (part := digits[at : at + size]))
