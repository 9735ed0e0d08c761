"""Reads: whose run is this, what is on its sheet, what is still held."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.http import Http404

from workspace.accounts.models import User
from workspace.comparisons import frames, previews
from workspace.comparisons.models import Comparison, Generation
from workspace.credits.models import Account


@dataclass(frozen=True, slots=True)
class Money:
    """Credits a person can spend and credits held by frames that are not settled."""

    balance: int
    held: int


def comparisons_of(user: User) -> QuerySet[Comparison]:
    return Comparison.objects.filter(user=user)


def comparison(user: User, number: int) -> Comparison:
    """The person's own run of that number; Http404 for any other."""
    found = comparisons_of(user).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def generation(user: User, name: tuple[int, int]) -> Generation:
    """The person's own frame, such as (148, 3); Http404 for any other."""
    run, position = name
    found = (
        Generation.objects.select_related("comparison", "image")
        .filter(comparison__user=user, comparison__number=run, position=position)
        .first()
    )
    if found is None:
        raise Http404
    return found


def view(generation: Generation) -> frames.FrameView:
    return frames.frame(generation, generation.comparison, generation.image, previews.latest([generation]).get(generation.pk))


def sheet(comparison: Comparison) -> frames.Sheet:
    """The run as it stands now. It is live while any frame is unfinished or unsettled."""
    rows = list(comparison.generations.select_related("image").order_by("position"))
    return frames.sheet(comparison, [(row, row.image) for row in rows], previews.latest(rows))


def money(user_id: int) -> Money:
    balance = Account.objects.filter(user_id=user_id).values_list("balance", flat=True).first() or 0
    held = Generation.objects.filter(comparison__user_id=user_id, settled=False).aggregate(held=Sum("price"))["held"] or 0
    return Money(balance, held)
