"""Old addresses of pages that were renamed or moved.

The page itself gets its redirect in the transaction of the change; the pages below
it, of which a section has many, get theirs from a background task. Wagtail's own
`WAGTAILREDIRECTS_AUTO_CREATE` (off) does all of them in the request.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from articles.pages.tasks import leave_redirects_below

BATCH = 1000


def leave_redirects(page: Page, *, old_url_path: str, new_url_path: str) -> None:
    """Let the old address of a page lead to it, and those of the pages below follow.

    Call inside the transaction of the change. The rest is a background task that
    starts after commit; it is safe to repeat.
    """
    if old_url_path == new_url_path:
        return
    write_redirects([(page.pk, old_url_path)])
    if not page.is_leaf():
        transaction.on_commit(
            lambda: leave_redirects_below.enqueue(
                page_id=page.pk, old_url_path=old_url_path, new_url_path=new_url_path
            )
        )


def write_descendants_redirects(page: Page, *, old_url_path: str, new_url_path: str) -> int:
    """Write redirects for every published page below one; return how many pages there were.

    One query for the pages and two for every thousand of them. A page that has left
    the new address meanwhile is passed over.
    """
    descendants = (
        page.get_descendants()
        .filter(first_published_at__isnull=False, url_path__startswith=new_url_path)
        .values_list("pk", "url_path")
    )
    count = 0
    batch: list[tuple[int, str]] = []
    for pk, url_path in descendants.iterator(chunk_size=BATCH):
        batch.append((pk, old_url_path + url_path[len(new_url_path) :]))
        count += 1
        if len(batch) == BATCH:
            write_redirects(batch)
            batch = []
    write_redirects(batch)
    return count


def write_redirects(pages: Iterable[tuple[int, str]]) -> None:
    """Write redirects from old `url_path`s to pages, replacing automatic ones there."""
    rows = []
    for root in Site.get_site_root_paths():
        for pk, url_path in pages:
            if url_path.startswith(root.root_path) and url_path != root.root_path:
                old_path = Redirect.normalise_path("/" + url_path[len(root.root_path) :])
                rows.append(
                    Redirect(
                        site_id=root.site_id,
                        old_path=old_path,
                        redirect_page_id=pk,
                        automatically_created=True,
                    )
                )
    if not rows:
        return
    with transaction.atomic():
        Redirect.objects.filter(
            automatically_created=True, old_path__in=[row.old_path for row in rows]
        ).delete()
        # An editor's own redirect at the same address wins.
        Redirect.objects.bulk_create(rows, ignore_conflicts=True)
