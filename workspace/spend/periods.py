"""Which days are looked at, and which money: a plain form that is sent by GET."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from workspace.comparisons import keys

MOST_DAYS = 366
REAL, SIMULATED = "real", "simulated"


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included. ``words`` complete "Spent …": "in November"."""

    first: date
    last: date
    words: str

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


class PeriodForm(forms.Form):
    period = forms.ChoiceField(
        choices=[("month", "This month"), ("last", "Last month"), ("thirty", "Last 30 days"), ("days", "From – to")],
        required=False,
        error_messages={"invalid_choice": "Choose one of these stretches."},
    )
    since = forms.DateField(required=False, error_messages={"invalid": "The first day is no date."})
    until = forms.DateField(required=False, error_messages={"invalid": "The last day is no date."})
    money = forms.ChoiceField(choices=[(REAL, "Real"), (SIMULATED, "Simulated")], required=False)

    def clean(self) -> dict[str, object]:
        facts = super().clean()
        if facts.get("period") == "days" and not self.errors:
            first, last = facts["since"], facts["until"]
            if first is None or last is None:
                raise ValidationError("Write the first and the last day.")
            if first > last:
                raise ValidationError("The first day is after the last.")
            if (last - first).days >= MOST_DAYS:
                raise ValidationError(f"At most {MOST_DAYS} days at a time.")
        return facts

    def chosen(self) -> Period:
        """What was asked for; this month where that cannot be understood."""
        facts, today = self.cleaned_data if self.is_valid() else {}, timezone.localdate()
        month = today.replace(day=1)
        match facts.get("period"):
            case "last":
                last = month - timedelta(days=1)
                return Period(last.replace(day=1), last, f"in {last:%B}")
            case "thirty":
                return Period(today - timedelta(days=29), today, "in the last 30 days")
            case "days":
                first, last = facts["since"], facts["until"]
                return Period(first, last, f"from {first:%-d %B %Y} to {last:%-d %B %Y}")
        return Period(month, today, f"in {today:%B}")

    def looks_at_simulated(self) -> bool:
        """As chosen; without a choice, whether there is nothing else to be seen."""
        self.is_valid()
        chosen = self.cleaned_data.get("money")
        return chosen == SIMULATED if chosen else keys.everything_simulated()
