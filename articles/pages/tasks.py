"""Background work of the page tree."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Page


@task()
def leave_redirects_below(*, page_id: int, old_url_path: str, new_url_path: str) -> int:
    """Let the old addresses of the pages below a renamed or moved page lead to them."""
    from articles.pages.redirects import write_descendants_redirects  # it imports this file

    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return 0
    return write_descendants_redirects(page, old_url_path=old_url_path, new_url_path=new_url_path)
