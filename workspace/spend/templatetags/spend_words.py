"""How amounts stand on the pages of spend, and the same page for the other kind of money."""

from django import template
from django.http import QueryDict

from workspace.amounts import usd

register = template.Library()
register.filter("usd", usd)


@register.simple_tag
def with_money(query: str, kind: str) -> str:
    """The page's own query for another kind of money."""
    changed = QueryDict(query, mutable=True)
    changed["money"] = kind
    return changed.urlencode()
