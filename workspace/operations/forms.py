"""What an admin enters. A key is never shown again: its field is always empty."""

from urllib.parse import urlsplit

from django import forms

LONGEST_KEY = 500


class KeyField(forms.CharField):
    """A secret as it can stand in a header. Browsers are asked not to keep it: it is nobody's password here."""

    def __init__(self, **options: object) -> None:
        widget = forms.PasswordInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=LONGEST_KEY, widget=widget, **options)

    def clean(self, value: str) -> str:
        key = super().clean(value)
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise forms.ValidationError("A key has no spaces and no accented letters. Copy it once more.")
        return key


class KeyForm(forms.Form):
    """The key of a provider that is paid."""

    key = KeyField(label="New key", error_messages={"required": "Paste the key."})


class ServerForm(forms.Form):
    """Where a server of one's own is, what people call it, and its key if it asks for one."""

    address = forms.CharField(
        label="Address",
        max_length=500,
        help_text="As in http://gpu:8080/v1. It may name what to draw with: http://gpu:7860?model=juggernautXL_v9",
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "inputmode": "url"}),
        error_messages={"required": "Write where the server is."},
    )
    label = forms.CharField(
        label="Name",
        max_length=60,
        required=False,
        help_text="What designers see. Empty: the usual name.",
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    key = KeyField(label="New key", required=False, help_text="Empty: the key stays as it is, or there is none.")
    forget_key = forms.BooleanField(label="Forget the key", required=False)

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        try:
            parts = urlsplit(address)
            reachable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            reachable = False
        if not reachable or not address.isascii() or any(letter.isspace() for letter in address):
            raise forms.ValidationError("This is no address. It begins with http:// or https:// and a host.")
        if parts.username or parts.password:
            raise forms.ValidationError("Put user and password into the key, as user:password.")
        return address

    @property
    def new_key(self) -> str | None:
        """The key to keep, an empty one to forget it, None to leave it."""
        return "" if self.cleaned_data["forget_key"] else self.cleaned_data["key"] or None
