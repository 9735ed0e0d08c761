"""What the top of every page says about money, and whether its pictures are simulated."""

from functools import cache

from django.http import HttpRequest

from workspace.comparisons import keys, selectors


def money(request: HttpRequest) -> dict[str, object]:
    """``balance`` and ``held`` (credits) of the person signed in, and ``simulated_everywhere``.

    Templates call the two, so that a fragment which shows neither asks the database for neither.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    read = cache(lambda: selectors.money(user.pk))
    return {
        "balance": lambda: read().balance,
        "held": lambda: read().held,
        "simulated_everywhere": keys.everything_simulated(),
    }
