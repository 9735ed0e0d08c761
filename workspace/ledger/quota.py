"""HD images on the statement: for each limit there is, how many of how many are used, drawn as small frames."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from providers.types import Quality
from workspace.accounts import terms
from workspace.accounts.models import User
from workspace.credits.hd import selectors
from workspace.ledger import places

MOST_FRAMES = 40  # drawn one by one; a larger allowance is drawn as a bar


@dataclass(frozen=True, slots=True)
class Quota:
    """``left`` images of ``most`` until ``again``, by day or by month."""

    left: int
    most: int
    again: date
    by_day: bool

    @property
    def used(self) -> int:
        return self.most - self.left

    @property
    def frames(self) -> list[bool]:
        """Each image, used or not; none where there are too many to draw."""
        return [number < self.used for number in range(self.most)] if self.most <= MOST_FRAMES else []

    @property
    def sentence(self) -> str:
        """ "6 of 20 HD images used this month, 14 left"."""
        return f"{self.used:,} of {self.most:,} HD images used {'today' if self.by_day else 'this month'}, {self.left:,} left"


def of(user: User) -> list[Quota]:
    """The day's and the month's, if the person's plan counts them and allows HD at all."""
    mine, day = terms.of(user), timezone.localdate()  # a stream keeps its user for hours
    if mine.dearest_quality is not Quality.HD or (mine.hd_per_day is None and mine.hd_per_month is None):
        return []
    found = selectors.limits(mine, day, *selectors.used(places.account(user).pk, day))
    return [Quota(each.images, each.most, each.again, each.by_day) for each in found]
