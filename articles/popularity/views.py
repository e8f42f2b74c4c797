"""The view beacon: `/_v/<page id>`, and `/_v/<page id>.gif` without JavaScript."""

from __future__ import annotations

import base64
import time
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.pages.article import ArticlePage
from articles.popularity.journal import JournalWriter, View
from articles.popularity.rollup import journal_folder

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
LARGEST_ID = 2**63 - 1


@lru_cache(maxsize=4)
def journal(folder: Path) -> JournalWriter:
    """Return this process's journal in a folder."""
    return JournalWriter(folder)


def count_view(page_id: int) -> bool:
    """Record a view of an article that readers may see; False when there is none such."""
    if not 0 < page_id <= LARGEST_ID:
        return False
    if not ArticlePage.objects.visible_to_readers().filter(pk=page_id).exists():
        return False
    journal(journal_folder()).append(View(article_id=page_id, at=int(time.time())))
    return True


@csrf_exempt  # It stands on cached pages and changes nothing of the sender's.
@require_POST
@never_cache
def beacon(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count a view: 204; 404 for what is no live article; 405 for another method."""
    return HttpResponse(status=204 if count_view(page_id) else 404)


@require_safe
@never_cache
def pixel(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count a view of a reader without JavaScript; HEAD counts nothing."""
    if request.method == "HEAD":
        return HttpResponse(content_type="image/gif")
    found = count_view(page_id)
    return HttpResponse(PIXEL, content_type="image/gif", status=200 if found else 404)
