"""What the top of every page says about money, and whether its pictures are simulated."""

from functools import cache

from django.http import HttpRequest

from workspace.comparisons import keys, selectors


def money(request: HttpRequest) -> dict[str, object]:
    """``balance``, ``held`` (credits) and ``hd_left`` (if counted) of the person signed in, and ``simulated_everywhere``.

    Templates call all but the last, so that a fragment which shows none asks the database for none.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    read = cache(lambda: selectors.money(user.pk))
    return {
        "balance": lambda: read().balance,
        "held": lambda: read().held,
        "hd_left": lambda: read().hd_left,
        "seen": lambda: read().seen,
        "simulated_everywhere": keys.everything_simulated(),
    }
