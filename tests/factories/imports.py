"""What the import's writer leaves, for the stages after it."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from wagtail.models import Page

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.stages import PICTURE_WITHOUT_FILE
from articles.pages.article import ArticlePage
from articles.pages.static import StaticPage
from tests.factories.pages import make_article

SOURCE = "news.example"
numbers = count(1)

Body = list[dict[str, Any]]


def make_run(
    *, source: str = SOURCE, hosts: tuple[str, ...] = (SOURCE,), **state: Any
) -> ImportRun:
    """A run whose writer is done."""
    return ImportRun.objects.create(
        source=source,
        format="wxr",
        location="export.xml",
        fingerprint=str(next(numbers)),
        state={"hosts": list(hosts), "info": {"base_url": f"https://{source}"}, **state},
    )


def paragraph(html: str) -> dict[str, Any]:
    """A paragraph block."""
    return {"type": "paragraph", "value": html, "id": f"p{next(numbers)}"}


def image(url: str, **fields: Any) -> dict[str, Any]:
    """An image block that waits for its file."""
    value = {"image": None, "alt_text": "", "decorative": False, "caption": "", "credit": ""}
    value |= {"source_url": url, "width": "column", **fields}
    return {"type": "image", "value": value, "id": f"i{next(numbers)}"}


def gallery(*urls: str) -> dict[str, Any]:
    """A gallery that waits for its files."""
    items = []
    for url in urls:
        value = {key: inner for key, inner in image(url)["value"].items() if key != "width"}
        items.append({"type": "item", "value": value, "id": f"g{next(numbers)}"})
    value = {"title": "", "images": items}
    return {"type": "gallery", "value": value, "id": f"g{next(numbers)}"}


def also_read(headline: str) -> dict[str, Any]:
    """An also-read block that waits for its article."""
    value = {"article": None, "wanted_headline": headline}
    return {"type": "also_read", "value": value, "id": f"a{next(numbers)}"}


def imported_article(
    run: ImportRun,
    *,
    parent: Page,
    body: Body,
    external_id: str = "",
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> tuple[ArticlePage, ImportedRecord]:
    """An article with one version, as the writer leaves it, and its record."""
    article = make_article(parent=parent, body=json.dumps(body), **fields)
    return article, _record(run, article, kind="article", external_id=external_id, data=data)


def imported_page(
    run: ImportRun, *, parent: Page, body: Body, external_id: str = "", **fields: Any
) -> tuple[StaticPage, ImportedRecord]:
    """A static page, likewise."""
    number = next(numbers)
    page = StaticPage(title=f"Page {number}", live=True, body=json.dumps(body), **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page, _record(run, page, kind="page", external_id=external_id, data=None)


def imported_media(
    run: ImportRun, *, url: str, external_id: str = "", **data: Any
) -> ImportedRecord:
    """A media item whose file is not here yet."""
    facts = {"title": "", "caption": "", "credit": "", "alt_text": "", "parent": "", **data}
    return ImportedRecord.objects.create(
        source=run.source,
        kind="media",
        external_id=external_id or str(next(numbers)),
        run=run,
        data={"url": url, **facts},
    )


def without_file(report: Any, number: int) -> None:
    """Count media items as the writer does."""
    for _ in range(number):
        report.count_skipped(PICTURE_WITHOUT_FILE)


def _record(
    run: ImportRun, page: Any, *, kind: str, external_id: str, data: dict[str, Any] | None
) -> ImportedRecord:
    revision = page.save_revision()
    Page.objects.filter(pk=page.pk).update(
        live_revision=revision if page.live else None, latest_revision=revision
    )
    stated = {"title": page.title, "old_urls": [], "pending_media": True, "blocks": {}}
    return ImportedRecord.objects.create(
        source=run.source,
        kind=kind,
        external_id=external_id or f"post-{next(numbers)}",
        object_id=page.pk,
        revision_id=revision.pk,
        run=run,
        data={**stated, "lead_media_id": "", **(data or {})},
    )
