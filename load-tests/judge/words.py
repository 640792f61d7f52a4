"""Which texts of people are a stop or a start, by the judge's own list.

47 CFR 64.1200(a)(10) and the carriers' own words; START and UNSTOP lift, YES does not.
"""

STOPS = {"stop", "stopall", "stop all", "quit", "end", "revoke", "opt out", "optout", "opt-out", "cancel",
         "unsubscribe"}
STARTS = {"start", "unstop"}


def _bare(text: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in text.lower())
    return " ".join(kept.split())


def is_stop(text: str) -> bool:
    return _bare(text) in STOPS


def is_start(text: str) -> bool:
    return _bare(text) in STARTS
