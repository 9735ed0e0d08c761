"""What people write on these pages: the statement's filters, and what an admin corrects."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from workspace.ledger import bulk, places
from workspace.ledger.places import Filters

MOST = 1_000_000  # credits in one adjustment
TOO_SHORT = "Write why, in at least 10 characters. Nothing was changed."


class FilterForm(forms.Form):
    """What cannot be understood is left out, and the rest still filters."""

    kind = forms.ChoiceField(choices=[("", "All"), *((name, kind[0]) for name, kind in places.KINDS.items())], required=False)
    by = forms.CharField(max_length=160, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    words = forms.CharField(max_length=200, required=False)

    def filters(self) -> Filters:
        self.is_valid()
        facts = self.cleaned_data
        return Filters(
            kind=facts.get("kind", ""),
            by=facts.get("by", ""),
            since=facts.get("since"),
            until=facts.get("until"),
            words=places.words(facts.get("words", "")),
        )


class Reason(forms.CharField):
    """Why, in 10 characters or more that are not spaces; the account holder reads it."""

    def __init__(self) -> None:
        super().__init__(
            label="Reason",
            help_text="Required, the account holder sees it.",
            max_length=bulk.LONGEST,
            widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
            error_messages={"required": TOO_SHORT},
        )

    def clean(self, value: object) -> str:
        reason = " ".join(str(value or "").split())
        if len(reason) < 10:
            raise ValidationError(TOO_SHORT)
        return super().clean(reason)


class Keyed(forms.Form):
    """A form that counts once however often it is sent: ``key`` is drawn when the page is made."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class AdjustForm(Keyed):
    ADD, REMOVE = "add", "remove"

    direction = forms.ChoiceField(
        label="Change", choices=[(ADD, "Add"), (REMOVE, "Remove")], initial=ADD, widget=forms.RadioSelect
    )
    amount = forms.IntegerField(
        label="Credits",
        min_value=1,
        max_value=MOST,
        error_messages={"invalid": "Credits are a whole number.", "required": "Write how many credits."},
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    reason = Reason()
    ticket = forms.CharField(
        label="Ticket or run (optional)",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "placeholder": "Run 148"}),
    )

    def change(self) -> int:
        """Credits with their sign."""
        amount = self.cleaned_data["amount"]
        return amount if self.cleaned_data["direction"] == self.ADD else -amount

    def why(self) -> str:
        reason, ticket = self.cleaned_data["reason"], self.cleaned_data["ticket"].strip()
        return f"{reason} ({ticket})" if ticket else reason


class HdForm(Keyed):
    """More or fewer HD images, today and this month."""

    IDS = "hd_%s"
    ADD, REMOVE = AdjustForm.ADD, AdjustForm.REMOVE

    direction = forms.ChoiceField(
        label="Change", choices=[(ADD, "Add"), (REMOVE, "Remove")], initial=ADD, widget=forms.RadioSelect
    )
    images = forms.IntegerField(
        label="HD images",
        min_value=1,
        max_value=1000,
        help_text="They count today and this month.",
        error_messages={"invalid": "HD images are a whole number.", "required": "Write how many."},
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    reason = Reason()

    def change(self) -> int:
        """Images with their sign."""
        images = self.cleaned_data["images"]
        return images if self.cleaned_data["direction"] == self.ADD else -images


class RefundForm(Keyed):
    frame = forms.CharField(
        label="Frame", max_length=15, widget=forms.TextInput(attrs={"class": "input", "placeholder": "148-3"})
    )
    amount = forms.IntegerField(
        label="Credits (empty: all it cost)",
        min_value=1,
        max_value=MOST,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    reason = Reason()


class UndoForm(forms.Form):
    reason = Reason()


class BulkForm(Keyed):
    """A file, or its text; the text wins, since it is what the dry run showed."""

    LARGEST = 200_000  # bytes or characters

    file = forms.FileField(label="CSV file", required=False, widget=forms.FileInput(attrs={"class": "input", "accept": ".csv"}))
    text = forms.CharField(
        label="Or its lines",
        required=False,
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6, "placeholder": "email,credits,reason", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        facts = super().clean()
        if not facts.get("text") and facts.get("file"):
            facts["text"] = self._text(facts["file"].read(self.LARGEST + 1))
        if not self.errors and not facts.get("text"):
            raise ValidationError("Choose a file, or paste its lines.")
        return facts

    def _text(self, content: bytes) -> str:
        if len(content) > self.LARGEST:
            raise ValidationError(f"The file is larger than {self.LARGEST:,} bytes. Nothing of it was used.")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:  # a spreadsheet's own format, or UTF-16
            raise ValidationError("The file is not UTF-8 text. Save it as CSV (UTF-8).")
        return text


class RoleForm(forms.Form):
    person = forms.EmailField(label="Email", widget=forms.EmailInput(attrs={"class": "input"}))
    role = forms.ChoiceField(
        label="Role",
        choices=[("viewer", "Viewer"), ("credit manager", "Credit manager"), ("operator", "Operator"), ("", "No admin")],
        required=False,
        widget=forms.Select(attrs={"class": "select"}),
    )
