"""Links that open one door once.

A link carries 256 random bits. The database keeps only their SHA-256 digest, so a leaked backup opens nothing, and looking the
digest up needs no slow hash because there is nothing to guess. A link is *live* until it is used or its time is over; using it
is one conditional UPDATE, so of two people who press at the same moment one gets in.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class LinkQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(used=None, expires__gt=timezone.now())

    def issue(self, **fields: object) -> str:
        """Make a link and return its token, which is stored nowhere."""
        token = secrets.token_urlsafe(32)
        self.create(digest=digest(token), expires=timezone.now() + self.model.LIFETIME, **fields)
        return token

    def find(self, token: str) -> "OneTimeLink | None":
        """The live link with this token; looking does not use it up (mail scanners look)."""
        return self.live().filter(digest=digest(token)).first()

    def claim(self, token: str) -> "OneTimeLink | None":
        """Use the link up. None when it never existed, is over, or somebody was quicker."""
        if not self.live().filter(digest=digest(token)).update(used=timezone.now()):
            return None
        return self.get(digest=digest(token))


class OneTimeLink(models.Model):
    """What every kind of link has in common."""

    LIFETIME: ClassVar[timedelta]

    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(db_default=models.functions.Now())
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} of {self.created:%Y-%m-%d %H:%M}"
