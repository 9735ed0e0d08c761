"""A person's plan as routing needs it, and what of it is settled only when a run is started."""

from providers.types import Quality
from routing.allowance import Allowance, Arriving
from workspace.accounts import terms
from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.comparisons import keys
from workspace.comparisons.models import Generation
from workspace.credits.hd import selectors as hd
from workspace.credits.hd.statements import month_of
from workspace.credits.services import account_of


class TooManyUnderWay(Exception):
    """As many runs are under way as the person's plan allows; ``most`` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} runs are under way already")
        self.most = most

    @property
    def public(self) -> str:
        many = f"{self.most} runs are" if self.most > 1 else "One run is"
        return f"{many} under way, which is as many as your plan allows at once. Your draft is kept until one has ended."


def of(user: User) -> Allowance:
    """What this person may use now."""
    mine, day = terms.known(user), keys.today()
    left = hd_left(user)
    arriving = Arriving(mine.monthly_credits, month_of(day)[1]) if mine.monthly_credits else None
    counted = {"hd_left": left.images, "hd_most": left.most, "hd_again": left.again, "hd_by_day": left.by_day} if left else {}
    return Allowance(
        dearest=mine.dearest_quality,
        models=mine.only_models,
        providers=mine.only_providers,
        most_models=mine.most_models,
        arriving=arriving,
        **counted,
    )


def hd_left(user: User) -> hd.Left | None:
    """How many HD images they have left; None where nothing limits them, which costs no query."""
    mine = terms.known(user)
    limited = mine.dearest_quality is Quality.HD and (mine.hd_per_day is not None or mine.hd_per_month is not None)
    return hd.left(account_of(user).pk, mine, keys.today()) if limited else None


def refuse_one_more(user: User, mine: Terms, *, besides: int | None = None) -> None:
    """Raise ``TooManyUnderWay`` if no run may be added to those under way, not counting ``besides`` (its id).

    Right only under the lock of the account, which whoever starts a run or asks for a frame again takes first.
    """
    if mine.in_flight is None:
        return
    unfinished = Generation.objects.filter(comparison__user=user, state__in=Generation.UNFINISHED)
    if unfinished.exclude(comparison=besides).values("comparison").distinct().count() >= mine.in_flight:
        raise TooManyUnderWay(mine.in_flight)
