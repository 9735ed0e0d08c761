"""The simple model: what one person has, as a few numbers and sets, and nothing about how it is stored."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

from workspace.accounts.terms import Terms

START = 250
TERMS = Terms(hd_per_day=3, hd_per_month=5)
KEPT, MONTHLY = 100, 40  # credits that carry over, and that the plan gives each month
LIMIT = 50  # credits which one admin may add or remove alone


class Share(NamedTuple):
    """One round of a frame: what is held for it, in credits, and whether it takes an HD image."""

    comparison: int
    generation: int
    round: int
    price: int
    hd: bool


@dataclass
class Books:
    balance: int = START
    held: int = 0
    entries: int = 1
    hd_entries: int = 0
    deeds: int = 0
    month: date | None = None
    keys: dict[str, int] = field(default_factory=dict)  # of grants, holds, expiries and refunds, with what moved the first time
    open: list[Share] = field(default_factory=list)
    spent: dict[Share, int | None] = field(default_factory=dict)  # by what is settled; None for what was released
    refunded: dict[Share, int] = field(default_factory=dict)
    images: dict[Share, date] = field(default_factory=dict)  # taken and not returned, with the day they count on
    given: list[tuple[date, int]] = field(default_factory=list)  # images an admin gave
    adjusted: dict[str, int] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    proposed: dict[str, int] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)

    @property
    def captured(self) -> list[Share]:
        return [share for share, charged in self.spent.items() if charged is not None]

    def copy(self) -> Self:
        return deepcopy(self)

    def facts(self) -> tuple:
        """All that ``observing`` sees."""
        waiting = len(self.proposed) - len(self.decided)
        hd = sum(number for _, number in self.given) - len(self.images)
        return (self.balance, self.held, self.entries, hd, self.hd_entries, self.deeds, waiting, self.month)

    def move(self, amount: int, held: int = 0) -> None:
        """One entry."""
        self.balance += amount
        self.held += held
        self.entries += 1

    def room(self, day: date) -> int:
        """HD images that may be taken on that day; below zero after an admin has taken some away."""
        used = [other for other in self.images.values() if _month(other) == _month(day)]
        given = [(when, number) for when, number in self.given if _month(when) == _month(day)]
        month = TERMS.hd_per_month - len(used) + sum(number for _, number in given)
        today = TERMS.hd_per_day - used.count(day) + sum(number for when, number in given if when == day)
        return min(month, today)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
