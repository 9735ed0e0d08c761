"""What the top of every page says about money, and whether its pictures are simulated."""

from django.http import HttpRequest

from workspace.comparisons import keys, selectors


def money(request: HttpRequest) -> dict[str, object]:
    """``balance`` and ``held`` (credits) of the person signed in, and ``simulated_everywhere``."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    money = selectors.money(user.pk)
    return {"balance": money.balance, "held": money.held, "simulated_everywhere": keys.everything_simulated()}
