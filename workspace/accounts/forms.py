"""The forms in front of the door and behind it."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from django import forms
from django.core.exceptions import ValidationError

from workspace.accounts.models import User

ADVICE = "At least 10 characters. A few words make a good one."
ADDRESS = {"autocomplete": "username", "inputmode": "email", "placeholder": "you@example.com"}


class Accessible:
    """Fields in the product's look and words. The first one that is wrong gets the focus, without a script.

    ``labels`` and ``attrs`` are by field; ``dropped`` names fields of the parent form that are not asked.
    """

    fields: dict[str, forms.Field]
    labels: ClassVar[dict[str, str]] = {}
    attrs: ClassVar[dict[str, dict[str, str]]] = {}
    dropped: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in self.dropped:
            del self.fields[name]
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            _dress(field, self.attrs.get(name, {}))

    def full_clean(self) -> None:
        super().full_clean()
        wrong = next((field for name, field in self.fields.items() if name in self._errors), None)
        if wrong is not None:
            wrong.widget.attrs["autofocus"] = True


def _dress(field: forms.Field, attrs: dict[str, str]) -> None:
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs
    if not isinstance(field.widget, forms.CheckboxInput):
        field.widget.attrs["class"] = "input"
    if isinstance(field, PasswordField):
        field.help_text = ADVICE if field.widget.attrs.get("autocomplete") == "new-password" else ""


# --- in front of the door ------------------------------------------------------------------------------------------------------
class SignInForm(Accessible, allauth.LoginForm):
    attrs = {"login": ADDRESS}

    def clean(self) -> dict[str, Any]:
        """A mismatch is told beside the password, where it will be corrected."""
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data


class SignInLinkForm(Accessible, forms.Form):
    """Shares the name of its field with SignInForm, so that one page can post to either address."""

    attrs = {"login": ADDRESS}

    login = EmailField(label="Email")


class SignUpForm(Accessible, allauth.SignupForm):
    attrs = {"email": ADDRESS}


class ResetPasswordForm(Accessible, allauth.ResetPasswordForm):
    attrs = {"email": ADDRESS}


class NewPasswordForm(Accessible, allauth.ResetPasswordKeyForm):
    """Asked once: the Show button does what asking twice was for."""

    labels = {"password1": "New password"}
    dropped = ("password2",)


class NewcomerForm(Accessible, forms.Form):
    """A first password. Likeness to the name or the address can only be told when the whole form is known."""

    password = SetPasswordField(label="Password")

    def person(self) -> User:
        """Whose password it is going to be."""
        return User()

    def clean(self) -> dict[str, Any]:
        if "password" in self.cleaned_data:
            try:
                get_adapter().clean_password(self.cleaned_data["password"], user=self.person())
            except ValidationError as error:
                self.add_error("password", error)
        return self.cleaned_data


class OwnerForm(NewcomerForm):
    """The first account of an installation."""

    attrs = {"email": ADDRESS}
    field_order = ["email", "password"]

    email = EmailField(label="Email")

    def person(self) -> User:
        return User(email=self.cleaned_data.get("email", ""))


class InvitationForm(NewcomerForm):
    """What an invited person adds to the address they were invited by."""

    attrs = {"name": {"autocomplete": "name"}}
    field_order = ["name", "password"]

    name = forms.CharField(label="Your name", max_length=120)

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def person(self) -> User:
        return User(email=self.email, name=self.cleaned_data.get("name", ""))


# --- behind it -----------------------------------------------------------------------------------------------------------------
class ProfileForm(Accessible, forms.ModelForm):
    attrs = {"name": {"autocomplete": "name"}}
    labels = {"name": "Name", "shortcuts": "Single-key shortcuts"}

    class Meta:
        model = User
        fields = ["name", "shortcuts"]


class ChangeEmailForm(Accessible, allauth.AddEmailForm):
    labels = {"email": "New email"}


class ChangePasswordForm(Accessible, allauth.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password"}
    dropped = ("password2",)


class SetPasswordForm(Accessible, allauth.SetPasswordForm):
    dropped = ("password2",)


class ReauthenticateForm(Accessible, allauth.ReauthenticateForm):
    pass


class InviteForm(Accessible, forms.Form):
    """What an admin fills in. Only owners make admins."""

    attrs = {"email": {"autocomplete": "off", "placeholder": "colleague@example.com"}}

    email = EmailField(label="Email")
    admin = forms.BooleanField(label="As an admin", help_text="May invite people and run providers.", required=False)

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            del self.fields["admin"]
