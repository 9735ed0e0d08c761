"""Reads: whose run is this, what is on its sheet, what is still held."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from workspace.accounts.models import User
from workspace.comparisons import frames, previews
from workspace.comparisons.models import Comparison, Generation


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


def seen(comparison: Comparison) -> str:
    """Differs from an earlier answer whenever anything about the run has changed: frames are only added, versions only rise."""
    now = comparison.generations.aggregate(frames=Count("pk"), versions=Sum("version"))
    return f"{now['frames']}.{now['versions']}"


MONEY = """
SELECT coalesce((SELECT balance FROM credits_account WHERE user_id = %(user)s), 0), coalesce((
    SELECT sum(g.price) FROM comparisons_generation g JOIN comparisons_comparison c ON c.id = g.comparison_id
    WHERE c.user_id = %(user)s AND NOT g.settled), 0)
"""


def money(user_id: int) -> Money:
    """Asked for by every page and most fragments, so it is one statement and spares the ORM's millisecond."""
    with connection.cursor() as cursor:
        cursor.execute(MONEY, {"user": user_id})
        balance, held = cursor.fetchone()
    return Money(balance, int(held))
