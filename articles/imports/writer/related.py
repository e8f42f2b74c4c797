"""Related articles that the source chose: resolved when all articles are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, ReferenceIndex, Revision

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.report import Report
from articles.imports.stages import Stop, save_state
from articles.imports.writer.records import Records, record_key
from articles.imports.writer.rows import Rows
from articles.pages.addresses import lock_pages
from articles.pages.article import ArticlePage
from articles.related.models import RelatedLink

BATCH = 200


def run(
    run: ImportRun, *, options: ImportOptions, report: Report, progress: Progress, stop: Stop
) -> None:
    """Link the articles that this run wrote to those their source relates them to.

    A batch is one transaction; the record that names the others says which are left.
    """
    progress.begin("related articles")
    after = run.state.get("related", {}).get("after", 0)
    while not stop():
        records = list(
            ImportedRecord.objects.filter(
                source=run.source, kind="article", pk__gt=after, data__has_key="related"
            ).order_by("pk")[:BATCH]
        )
        if not records:
            break
        after = records[-1].pk
        with transaction.atomic():
            _link(records, run=run, report=report)
            save_state(run, report=report, related={"after": after})
        progress.step(len(records))
    progress.end()


def _link(records: Sequence[ImportedRecord], *, run: ImportRun, report: Report) -> None:
    keys = {record_key(key) for record in records for key in record.data["related"]}
    targets = {
        key: record.object_id for (_, key), record in Records(run).find(("article",), keys).items()
    }
    pages = {page.pk: page for page in _load([record.object_id for record in records])}
    lock_pages(*Page.objects.filter(path__in={p.path[: -Page.steplen] for p in pages.values()}))
    having = set(RelatedLink.objects.filter(article__in=pages).values_list("article_id", flat=True))
    rows = Rows()
    links: list[dict[str, Any]] = []
    for record in records:
        page = pages.get(record.object_id or 0)
        # An editor who was here has chosen; a second run has nothing to add.
        if page is None or page.latest_revision_id != record.revision_id or page.pk in having:
            continue
        missing = [key for key in record.data["related"] if not targets.get(record_key(key))]
        for key in missing:
            detail = f"A related article, {key[:200]}, is not in the source."
            report.tell(record.external_id, "related_missing", detail)
        wanted = dict.fromkeys(targets.get(record_key(key)) for key in record.data["related"])
        chosen = [pk for pk in wanted if pk and pk != page.pk]
        links += [
            {"article_id": page.pk, "target_id": pk, "sort_order": place}
            for place, pk in enumerate(chosen)
        ]
    for link, pk in zip(links, rows.reserve(RelatedLink, len(links)), strict=True):
        link["id"] = pk
    rows.insert(RelatedLink, links)
    _note_in_versions(links, pages=pages)
    _note_references(links, rows=rows)


def _load(ids: Sequence[int | None]) -> list[ArticlePage]:
    fields = ("pk", "path", "latest_revision")
    return list(ArticlePage.objects.filter(pk__in=ids).only(*fields))


def _note_in_versions(links: Sequence[dict[str, Any]], *, pages: dict[int, ArticlePage]) -> None:
    by_article: dict[int, list[dict[str, Any]]] = {}
    for link in links:
        content = {
            "pk": link["id"],
            "sort_order": link["sort_order"],
            "article": link["article_id"],
            "target": link["target_id"],
            "url": "",
            "title": "",
        }
        by_article.setdefault(link["article_id"], []).append(content)
    versions = Revision.objects.filter(pk__in=[pages[pk].latest_revision_id for pk in by_article])
    changed = list(versions)
    for version in changed:
        version.content["related_links"] = by_article[int(version.object_id)]
    Revision.objects.bulk_update(changed, ["content"])


def _note_references(links: Sequence[dict[str, Any]], *, rows: Rows) -> None:
    of_type = ContentType.objects.get_for_model
    rows.insert(
        ReferenceIndex,
        [
            {
                "content_type_id": of_type(ArticlePage).pk,
                "base_content_type_id": of_type(Page).pk,
                "object_id": str(link["article_id"]),
                "to_content_type_id": of_type(Page).pk,
                "to_object_id": str(link["target_id"]),
                "model_path": "related_links.item.target",
                "content_path": (path := f"related_links.{link['id']}.target"),
                "content_path_hash": ReferenceIndex._get_content_path_hash(path),
            }
            for link in links
        ],
    )
