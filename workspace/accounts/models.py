from datetime import timedelta

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models.functions import Lower

from routing.types import Wording
from workspace.accounts.links import OneTimeLink
from workspace.accounts.plan_model import Override, Plan  # noqa: F401 - Django looks for models here


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address; there are no user names.

    Whoever is made here is vouched for (by an admin, an e-mailed link or the command line), so the address counts as confirmed.
    Only open sign-up, which does not come this way, asks people to confirm theirs.
    """

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """Somebody who signs in by e-mail. ``theme``, ``shortcuts`` and ``wording`` (of prompts) are the choices kept per account.

    Whoever is new is on the default plan, which the database itself sees to.
    """

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    theme = models.CharField(max_length=5, blank=True, default="")
    shortcuts = models.BooleanField(default=True)
    wording = models.CharField(max_length=10, default=Wording.ADAPTED, db_default=Wording.ADAPTED)
    plan = models.ForeignKey(
        Plan,
        on_delete=models.PROTECT,
        related_name="people",
        db_default=models.Func(function="accounts_default_plan", output_field=models.BigIntegerField()),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(condition=models.Q(theme__in=["", "light", "dark"]), name="theme_is_known"),
            models.CheckConstraint(condition=models.Q(wording__in=list(Wording)), name="wording_is_known"),
        ]

    def __str__(self) -> str:
        return self.email


class SignInLink(OneTimeLink):
    """The e-mailed way in for somebody who has an account."""

    LIFETIME = timedelta(minutes=15)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")


class Invitation(OneTimeLink):
    """The way in for somebody new. ``invited_by`` is null when it was made on the command line; ``used`` says when they came."""

    LIFETIME = timedelta(days=7)

    email = models.EmailField()
    admin = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="invitations")


class OwnerLink(OneTimeLink):
    """The way in for the first person of an installation, who owns it."""

    LIFETIME = timedelta(hours=24)
