"""Whether this web process can do its work, for load balancers, containers and ``manage.py up``."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 while database and cache answer, else 503; the text names what does not and nothing more."""
    broken = [name for name, answers in (("database", _database_answers), ("cache", _cache_answers)) if not answers()]
    text = f"no answer from: {', '.join(broken)}" if broken else "ok"
    return HttpResponse(f"{text}\n", status=503 if broken else 200, content_type="text/plain; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True
