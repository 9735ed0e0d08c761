"""Answer times as counts per step of five per cent: they add up over days, and a median read from them is right to 2.5 %."""

from collections import Counter
from collections.abc import Mapping

STEP = 1.05
SHORTEST = 0.01  # seconds; anything quicker is counted here
# The same step in SQL, of ``seconds`` in a double; keys of JSON are texts.
BUCKET_SQL = f"round(ln(greatest(seconds, {SHORTEST})) / ln({STEP}::float8))::int"

type Counts = Mapping[str, int]


def added(*days: Counts) -> Counter[int]:
    total: Counter[int] = Counter()
    for day in days:
        total.update({int(step): count for step, count in day.items()})
    return total


def share(counts: Counter[int], part: float) -> float | None:
    """The seconds within which ``part`` (0 to 1) of the answers came, or None without answers."""
    wanted, seen = part * counts.total(), 0
    for step in sorted(counts):
        seen += counts[step]
        if seen >= wanted:
            return float(STEP**step)
    return None
