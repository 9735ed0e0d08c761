"""How people come in: the owner, those who are invited, and those who ask for a link."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from routing.types import Wording
from workspace.accounts.models import Invitation, OwnerLink, SignInLink, User


class LinkIsOver(Exception):
    """The link was used, has expired or was withdrawn."""


class AddressTaken(Exception):
    """The address already has an account."""


def owner_link(base_url: str) -> str | None:
    """The address under which the owner makes their account, good once and for 24 hours; None when there is an owner already.

    Each call makes a new link and kills the one before. ``base_url`` is the scheme and host people reach, such as
    ``http://localhost:8000``.
    """
    if owner_exists():
        return None
    with transaction.atomic():
        OwnerLink.objects.all().delete()
        token = OwnerLink.objects.issue()
    return base_url.rstrip("/") + reverse("accounts:welcome", args=[token])


def owner_exists() -> bool:
    return User.objects.filter(is_superuser=True).exists()


def find_owner_link(token: str) -> OwnerLink | None:
    """The live link, unless somebody owns this place by now."""
    return None if owner_exists() else OwnerLink.objects.find(token)


@transaction.atomic
def create_owner(token: str, email: str, password: str) -> User:
    """Use the owner link up. Raises LinkIsOver and AddressTaken; after either the link is as it was."""
    if owner_exists() or OwnerLink.objects.claim(token) is None:
        raise LinkIsOver
    _refuse_taken(email)
    return User.objects.create_superuser(email, password)


@transaction.atomic
def invite(email: str, *, by: User | None, admin: bool = False) -> str:
    """Make an invitation, good once and for 7 days, and return its token. An earlier one to this address is over.

    Raises AddressTaken when somebody with this address is here already.
    """
    email = User.objects.normalize_email(email).lower()
    _refuse_taken(email)
    Invitation.objects.live().filter(email=email).delete()
    return Invitation.objects.issue(email=email, invited_by=by, admin=admin)


@transaction.atomic
def accept_invitation(token: str, name: str, password: str) -> User:
    """Use the invitation up and make the account. Raises LinkIsOver and AddressTaken."""
    invitation = Invitation.objects.claim(token)
    if invitation is None:
        raise LinkIsOver
    _refuse_taken(invitation.email)
    return User.objects.create_user(invitation.email, password, name=name, is_staff=invitation.admin)


def withdraw_invitation(pk: int) -> None:
    Invitation.objects.live().filter(pk=pk).delete()


def issue_sign_in_link(email: str) -> str | None:
    """A token good once and for 15 minutes, or None when nobody active has this address."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        return None
    user.sign_in_links.filter(expires__lte=timezone.now()).delete()
    return SignInLink.objects.issue(user=user)


@transaction.atomic
def redeem_sign_in_link(token: str) -> User:
    """Use the link up, with every other one its person has. The address is thereby confirmed. Raises LinkIsOver."""
    link = SignInLink.objects.claim(token)
    if link is None:
        raise LinkIsOver
    user = link.user
    user.sign_in_links.live().update(used=timezone.now())
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def choose_theme(user: User, theme: str) -> None:
    """``theme`` is light, dark or empty for what the system says."""
    user.theme = theme
    user.save(update_fields=["theme"])


def _refuse_taken(email: str) -> None:
    if User.objects.filter(email=email.lower()).exists():
        raise AddressTaken


def choose_wording(user: User, wording: Wording, *, was: str | None) -> None:
    """Remember whether the person wants prompts worded for each model, if a form says that they have changed their mind.

    ``was`` is what the form began with: a tab that has stood open since before the last choice is no choice.
    """
    if was is None or was == wording or user.wording == wording:
        return
    User.objects.filter(pk=user.pk).update(wording=wording)
    user.wording = wording
