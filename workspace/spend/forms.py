"""What an owner writes about a budget."""

from decimal import Decimal

from django import forms

from workspace.ledger.forms import Keyed
from workspace.ledger.plan_forms import Why

MOST_USD = Decimal(1_000_000)


class BudgetForm(Keyed):
    """USD a month for one provider; ``after`` is the number of the budget that the page showed."""

    usd = forms.DecimalField(
        label="US dollars a month",
        min_value=Decimal("0.01"),
        max_value=MOST_USD,
        decimal_places=2,
        required=False,
        help_text="Empty: no budget. It holds at once, and counts what this month has cost so far.",
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "decimal", "step": "0.01"}),
        error_messages={
            "invalid": "This is an amount of dollars, such as 50 or 12.50.",
            "min_value": "A budget is at least one cent. To stop a provider at once, pause it.",
            "max_value": f"A budget is at most {MOST_USD:,} dollars.",
        },
    )
    reason = Why()
    after = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
