"""What an owner writes about plans and prices."""

from datetime import datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from providers import catalogue
from providers.types import LifecycleStatus, Quality
from routing.pricing import QUALITY_LABELS
from workspace.accounts.models import Plan
from workspace.ledger.forms import Reason

QUALITIES = [(quality.value, label) for quality, label in QUALITY_LABELS.items()]
MOST = 1_000_000
NUMBER = {"class": "input", "inputmode": "numeric"}
INPUT = {"class": "input"}


def number(label: str, least: int, help_text: str = "Empty: no limit.") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST if least == 0 else 1000,
        required=False,
        help_text=help_text,
        widget=forms.NumberInput(attrs=NUMBER),
        error_messages={"invalid": "This is a whole number."},
    )


def lifted(label: str) -> forms.BooleanField:
    """A box that lifts a limit of the plan."""
    return forms.BooleanField(label=f"{label}: no limit", required=False)


class Why(Reason):
    """For the log, where admins read it."""

    def __init__(self) -> None:
        super().__init__()
        self.help_text = "Required. It stands in the log."


class PlanForm(forms.ModelForm):
    monthly_credits = number("Credits a month", 0, "Given on the first of the month. Empty: none.")
    carry_over = number("Carry over", 0, "Unspent credits that stay when a month begins. Empty: all. 0: none.")
    hd_per_month = number("HD images a month", 0)
    hd_per_day = number("HD images a day", 0)
    in_flight = number("Runs at once", 1)
    most_models = number("Models in one run", 1)
    dearest_quality = forms.ChoiceField(label="Dearest quality", choices=QUALITIES, widget=forms.Select(attrs=INPUT))
    only_providers = forms.MultipleChoiceField(
        label="Only these providers",
        required=False,
        help_text="None chosen: all of them.",
        widget=forms.SelectMultiple(attrs=INPUT),
    )
    only_models = forms.MultipleChoiceField(
        label="Only these models", required=False, help_text="None chosen: all of them.", widget=forms.SelectMultiple(attrs=INPUT)
    )
    is_default = forms.BooleanField(label="New people come in on this plan", required=False)

    class Meta:
        model = Plan
        fields = (
            "name",
            "monthly_credits",
            "carry_over",
            "hd_per_month",
            "hd_per_day",
            "dearest_quality",
            "most_models",
            "in_flight",
            "only_providers",
            "only_models",
            "is_default",
        )
        widgets = {"name": forms.TextInput(attrs=INPUT)}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["only_providers"].choices = [(each.key, each.label) for each in catalogue.providers()]
        self.fields["only_models"].choices = [(each.id, each.label) for each in catalogue.all_models()]

    def validate_constraints(self) -> None:
        """The default before gives way when this one is kept, and the fields see to the rest."""

    def clean_monthly_credits(self) -> int:
        return self.cleaned_data["monthly_credits"] or 0

    def clean_is_default(self) -> bool:
        if self.instance.is_default and not self.cleaned_data["is_default"]:
            raise ValidationError("New people need a plan. Make another one the default instead.")
        return self.cleaned_data["is_default"]


class PlanChoice(forms.Form):
    """One plan of those there are, but for ``besides``."""

    plan = forms.ModelChoiceField(
        Plan.objects.order_by("name"),
        label="Plan",
        widget=forms.Select(attrs=INPUT),
        error_messages={"required": "Choose a plan.", "invalid_choice": "This plan is gone."},
    )

    def __init__(self, *args: object, besides: Plan | None = None, **options: object) -> None:
        super().__init__(*args, **options)
        if besides is not None:
            self.fields["plan"].queryset = Plan.objects.exclude(pk=besides.pk).order_by("name")


class OverrideForm(forms.Form):
    """What one person may otherwise; a field that is left empty is as the plan says."""

    AS_PLANNED = "Empty: as the plan says."
    LIMITS = ("hd_per_month", "hd_per_day", "most_models", "in_flight")  # those that can be lifted
    ALL = {"only_models": [], "only_providers": []}

    monthly_credits = number("Credits a month", 0, AS_PLANNED)
    hd_per_month = number("HD images a month", 0, AS_PLANNED)
    hd_per_day = number("HD images a day", 0, AS_PLANNED)
    most_models = number("Models in one run", 1, AS_PLANNED)
    in_flight = number("Runs at once", 1, AS_PLANNED)
    dearest_quality = forms.ChoiceField(
        label="Dearest quality", choices=[("", "As the plan says"), *QUALITIES], required=False, widget=forms.Select(attrs=INPUT)
    )
    hd_per_month_free = lifted("HD images a month")
    hd_per_day_free = lifted("HD images a day")
    most_models_free = lifted("Models in one run")
    in_flight_free = lifted("Runs at once")
    every_model = forms.BooleanField(label="Every model and provider", required=False)
    until = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={**INPUT, "type": "date"}), error_messages={"required": "Say until when."}
    )
    reason = Why()

    def clean_until(self) -> datetime:
        """The end of the day that is named."""
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise ValidationError("This day is over.")
        return timezone.make_aware(datetime.combine(day, time.max))

    def changes(self) -> dict[str, object]:
        """Fields of a plan and what they are for this person; a limit that is lifted is None."""
        given = self.cleaned_data
        names = ("monthly_credits", *self.LIMITS, "dearest_quality")
        found = {name: given[name] for name in names if given[name] not in (None, "")}
        found |= {name: None for name in self.LIMITS if given[f"{name}_free"]}
        return found | (self.ALL if given["every_model"] else {})

    def clean(self) -> dict[str, object]:
        for name in self.LIMITS:
            if self.cleaned_data.get(f"{name}_free") and self.cleaned_data.get(name) is not None:
                self.add_error(name, "Write a number or lift the limit, not both.")
        if not self.errors and not self.changes():
            raise ValidationError("Nothing differs from the plan yet.")
        return self.cleaned_data


class PriceForm(forms.Form):
    """From a day on: USD, or credits, or with neither the catalogue's price again."""

    model = forms.ChoiceField(label="Model", widget=forms.Select(attrs=INPUT))
    quality = forms.ChoiceField(label="Quality", choices=QUALITIES, initial=Quality.STANDARD, widget=forms.Select(attrs=INPUT))
    starts = forms.DateField(
        label="From", initial=timezone.localdate, widget=forms.DateInput(format="%Y-%m-%d", attrs={**INPUT, "type": "date"})
    )
    usd = forms.DecimalField(
        label="US dollars an image",
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=6,
        required=False,
        help_text="What the provider takes; turned into credits as usual.",
        widget=forms.NumberInput(attrs={"class": "input", "step": "any"}),
    )
    credits = number("Or credits an image", 0, "Neither: the catalogue's price again.")
    reason = Why()

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        alive = [model for model in catalogue.all_models() if model.lifecycle.status(today) is not LifecycleStatus.RETIRED]
        self.fields["model"].choices = [(model.id, f"{model.label} ({model.id})") for model in alive]

    def clean_starts(self) -> object:
        if self.cleaned_data["starts"] < timezone.localdate():
            raise ValidationError("A price begins today or later: what was run has its price.")
        return self.cleaned_data["starts"]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if given.get("usd") is not None and given.get("credits") is not None:
            raise ValidationError("Write dollars or credits, not both.")
        if not self.errors and Quality(given["quality"]) not in catalogue.model(given["model"]).offers:
            self.add_error("quality", "This model has no such quality.")
        return given
