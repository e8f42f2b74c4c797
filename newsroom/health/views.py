"""Answers for load balancers and monitors."""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: database and cache answer; 503 names the one that does not."""
    checks = {"database": database_answers(), "cache": cache_answers()}
    return JsonResponse(
        {name: "ok" if fine else "no answer" for name, fine in checks.items()},
        status=200 if all(checks.values()) else 503,
    )


def database_answers() -> bool:
    """Tell whether the database runs a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    """Tell whether the cache gives back what it was given."""
    try:
        cache.set("readyz", "1", 10)
        return cache.get("readyz") == "1"
    except (OSError, ConnectionError):
        return False
