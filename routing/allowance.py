"""What a person's plan allows, as plain values: routing keeps to it and says so."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from providers.types import ModelSpec, Quality
from routing.pricing import QUALITY_LABELS, RANK
from routing.wording import day_and_month

NOT_IN_PLAN = "not in your plan"


@dataclass(frozen=True, slots=True)
class Arriving:
    """Credits that the plan gives next, and the day."""

    credits: int
    day: date


@dataclass(frozen=True, slots=True)
class Allowance:
    """``dearest`` is the highest quality, ``models`` (ids) and ``providers`` (keys) are who may be asked, empty for all.

    ``hd_left`` counts images, None where nothing limits them; ``hd_again`` is the day on which there are more. ``most_models``
    is the most one run may ask, or None.
    """

    dearest: Quality = Quality.HD
    models: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()
    hd_left: int | None = None
    hd_most: int = 0
    hd_again: date | None = None
    hd_by_day: bool = False
    most_models: int | None = None
    arriving: Arriving | None = None

    def permits(self, model: ModelSpec) -> bool:
        """Whether this model may be asked at all."""
        by_name = not self.models or model.id in self.models
        return by_name and (not self.providers or model.provider in self.providers)

    @property
    def ceiling(self) -> Quality:
        """The highest quality to be had now: without HD images left it is less than HD."""
        return Quality.STANDARD if self.hd_left == 0 and self.dearest is Quality.HD else self.dearest

    @property
    def counts_hd(self) -> bool:
        return self.hd_left is not None and self.dearest is Quality.HD

    def without_hd(self) -> Self:
        """The same once every HD image is taken."""
        return replace(self, hd_left=0)

    def why_not(self, quality: Quality) -> str:
        """Why there is nothing of this quality now, as it completes "Made in Standard: …" or "Imagen 4, …"."""
        if RANK[quality] > RANK[self.dearest]:
            return f"your plan goes up to {QUALITY_LABELS[self.dearest]}"
        return f"HD is used up until {day_and_month(self.hd_again)}" if self.hd_again else "HD is used up"


EVERYTHING = Allowance()
