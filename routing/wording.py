"""How routing says numbers, dates and lists in sentences for people."""

from collections.abc import Sequence
from datetime import date

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, singular: str) -> str:
    """ "1 credit", "21 credits"."""
    return f"{number} {singular}" if number == 1 else f"{number} {singular}s"


def everyone(number: int) -> str:
    """ "this one", "both", "all six", "all 14"."""
    if number < 3:
        return "this one" if number == 1 else "both"
    return f"all {NUMBERS[number] if number < len(NUMBERS) else number}"


def seconds(value: float) -> str:
    """Whole seconds, at least one: an estimate promises no more than that."""
    return f"{max(1, int(value + 0.5))} s"


def day(when: date) -> str:
    """ "12 May 2026"."""
    return f"{when.day} {when:%B %Y}"


def day_and_month(when: date) -> str:
    """ "1 December", for a day that is near."""
    return f"{when.day} {when:%B}"


def quoted(text: str, *, limit: int = 40) -> str:
    """The text in curly quotes on one line, shortened to ``limit`` characters."""
    return f"“{shortened(text, limit=limit)}”"


def shortened(text: str, *, limit: int = 40) -> str:
    line = " ".join(text[: limit * 2].split())
    return line if len(line) <= limit and len(text) <= limit * 2 else f"{line[: limit - 1].rstrip()}…"
