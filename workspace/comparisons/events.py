"""What is said on a run's stream: the names of the events and the fragments they carry.

A frame's event carries the whole frame, rendered by the partial the page uses, so a repeated or late event does no harm.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string

from workspace.comparisons.frames import FrameView
from workspace.comparisons.selectors import Money
from workspace.comparisons.sheets import Sheet, Sums

CLOSED = "run-closed"
SUMMARY = "run-summary"
BALANCE = "balance"
LIVE = "live"
TEMPLATE = "comparisons/compare.html"


def of_frame(frame: FrameView) -> tuple[str, str]:
    return frame.event, render_to_string(f"{TEMPLATE}#frame", {"frame": frame})


def of_frames(frames: Iterable[FrameView]) -> list[tuple[str, str]]:
    return [of_frame(frame) for frame in frames]


def of_money(money: Money) -> tuple[str, str]:
    """The header of every page: balance, what is held, and HD images left."""
    return BALANCE, render_to_string(f"{TEMPLATE}#header_money", money.header())


def of_run(sheet: Sheet | Sums, money: Money) -> list[tuple[str, str]]:
    """The run's one-line account and the money it leaves; last of all, that the run is over."""
    said = [
        (SUMMARY, render_to_string(f"{TEMPLATE}#run_summary", {"sheet": sheet})),
        of_money(money),
    ]
    return said if sheet.live else [*said, (CLOSED, "")]
