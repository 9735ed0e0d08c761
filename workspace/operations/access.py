"""The desk is for admins, and what is done there for operators and owners; for anybody else it does not exist."""

from django.http import Http404

from providers import catalogue
from providers.base import Provider
from workspace.accounts.access import for_admins
from workspace.accounts.roles import Act

admins_only = for_admins(Act.OPERATE)


def provider(key: str) -> Provider:
    """The provider of this key; Http404 for any other."""
    try:
        return catalogue.provider(key)
    except catalogue.UnknownProvider:
        raise Http404 from None
