"""What admins are told on the operations page when the ledger does not agree with itself."""

from django.http import HttpRequest

from workspace.ledger.models import AuditReport


def alarm(request: HttpRequest) -> dict[str, object]:
    """``ledger_alarm``: the last audit's report if it found anything, called by the template."""
    user = getattr(request, "user", None)
    return {"ledger_alarm": _alarm} if user is not None and user.is_authenticated and user.is_staff else {}


def _alarm() -> AuditReport | None:
    last = AuditReport.objects.order_by("-pk").first()
    return last if last and last.sentences else None
