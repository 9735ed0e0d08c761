"""What the top of every page says about money, and whether its pictures are simulated."""

from functools import cache

from django.http import HttpRequest

from workspace.comparisons import allowances, keys, selectors


def money(request: HttpRequest) -> dict[str, object]:
    """``balance`` and ``held`` (credits) of the person signed in, ``hd_left`` if that is counted, and ``simulated_everywhere``.

    Templates call the first three, so that a fragment which shows none asks the database for none.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    read = cache(lambda: selectors.money(user.pk))
    return {
        "balance": lambda: read().balance,
        "held": lambda: read().held,
        "hd_left": cache(lambda: allowances.hd_left(user)),
        "simulated_everywhere": keys.everything_simulated(),
    }
