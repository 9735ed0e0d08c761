"""A letter to every admin about a budget, sent once the row that says so is safe."""

from django.db import transaction

from workspace.accounts import outbox
from workspace.accounts.models import User
from workspace.amounts import usd
from workspace.spend import budgets
from workspace.spend.budgets import Standing


def tell(standing: Standing, *, used_up: bool) -> None:
    """ "OpenAI has used 83% of its budget", or that it is paused."""
    context = {
        "label": standing.label,
        "percent": standing.percent,
        "used_up": used_up,
        "budget": usd(standing.budget.usd),
        "spent": usd(standing.spent),
        "under_way": usd(standing.under_way) if standing.under_way else "",
        "month": budgets.month(),
        "until": budgets.next_month(),
    }
    people = User.objects.filter(is_staff=True, is_active=True).order_by("email").values_list("email", flat=True)
    letters = [outbox.letter("spend/email/budget", context, email) for email in people]
    transaction.on_commit(lambda: [outbox.post(letter) for letter in letters])
