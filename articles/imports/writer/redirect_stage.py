"""The stage that gives every old address of a run's records its redirect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.report import Report
from articles.imports.stages import Stop, save_state
from articles.imports.writer.records import NewRecord, PlannedRecords, Records
from articles.imports.writer.redirects import MAX_PATH, Redirects, Target
from articles.imports.writer.rows import NoRows, Rows
from articles.people.models import Author
from articles.tags.actions import address_of
from articles.tags.models import Topic

BATCH = 1000
_PAGES = frozenset({"article", "page", "category"})
Remembered = ImportedRecord | NewRecord


def run(
    run: ImportRun, *, options: ImportOptions, report: Report, progress: Progress, stop: Stop
) -> None:
    """Write the redirects of all records of a source; those that are there stay as they are.

    About ten queries and one transaction for every thousand records.
    """
    redirects = Redirects(rows=Rows(), report=report, at=run.started_at)
    after = run.state.get("redirects", {}).get("after", 0)
    records = ImportedRecord.objects.filter(source=run.source).order_by("pk")
    progress.begin("redirects", total=records.filter(pk__gt=after).count())
    while not stop():
        batch = list(records.filter(pk__gt=after)[:BATCH])
        if not batch:
            break
        after = batch[-1].pk
        with transaction.atomic():
            redirects.write(list_targets(batch, known=Records(run), redirects=redirects))
            save_state(run, report=report, redirects={"after": after})
        progress.step(len(batch))
    progress.end()


def count_planned(records: PlannedRecords, *, report: Report) -> None:
    """Count the redirects that a dry run would have left."""
    redirects = Redirects(rows=NoRows(), report=report, at=records.run.started_at)
    for batch in records.batches(BATCH):
        redirects.write(list_targets(batch, known=records, redirects=redirects))


def list_targets(
    records: Sequence[Remembered], *, known: Records, redirects: Redirects
) -> Iterator[Target]:
    """Yield where the old addresses of records lead. Four queries.

    A picture's own page leads to the article it belongs to.
    """
    records = [record for record in records if record.data.get("old_urls")]
    parents = _parents_of(records, known=known)
    page_ids = {record.object_id for record in records if record.kind in _PAGES}
    page_ids |= {parent.object_id for parent in parents.values()}
    url_paths = dict(
        Page.objects.filter(pk__in=page_ids - {None}).order_by().values_list("pk", "url_path")
    )
    links = _links_of(records)
    for record in records:
        if isinstance(record, NewRecord) and record.object_id is not None and record.address:
            if record.kind in _PAGES:
                url_paths[record.object_id] = record.address
            else:
                links[(record.kind, record.object_id)] = record.address
    for record in records:
        if record.kind in _PAGES:
            yield from _to_page(record, holder=record, url_paths=url_paths, redirects=redirects)
        elif record.kind == "media":
            parent = parents.get(record.data.get("parent", ""))
            if parent is not None:
                yield from _to_page(record, holder=parent, url_paths=url_paths, redirects=redirects)
        elif link := links.get((record.kind, record.object_id or 0)):
            yield from _to_link(record, link=link)


def was_public(record: Remembered) -> bool:
    """Tell whether readers could see an article or page at its source.

    One that waits here as a draft, and has a date of publication, was out there.
    """
    if record.kind == "category":
        return True
    stated: dict[str, Any] = record.data.get("stated", {})
    is_held = stated.get("status") == "draft" and stated.get("published_at")
    return stated.get("status") == "published" or bool(is_held)


def _parents_of(records: Iterable[Remembered], *, known: Records) -> dict[str, ImportedRecord]:
    keys = {record.data.get("parent", "") for record in records if record.kind == "media"}
    found = known.find(("article", "page"), keys - {""})
    return {key: record for (_, key), record in found.items()}


def _links_of(records: Sequence[Remembered]) -> dict[tuple[str, int], str]:
    """Return the addresses of topics and authors by kind and id."""
    tags = [record.object_id for record in records if record.kind == "tag"]
    authors = [record.object_id for record in records if record.kind == "author"]
    links = {
        ("tag", topic.pk): address_of(topic)
        for topic in (Topic.objects.filter(pk__in=tags) if tags else ())
    }
    return links | {
        ("author", pk): f"/authors/{slug}/"
        for pk, slug in (
            Author.objects.filter(pk__in=authors).values_list("pk", "slug") if authors else ()
        )
    }


def _to_page(
    record: Remembered,
    *,
    holder: Remembered,
    url_paths: dict[int, str],
    redirects: Redirects,
) -> Iterator[Target]:
    url_path = url_paths.get(holder.object_id or 0)
    if url_path is None or not was_public(holder):
        return
    urls = record.data["old_urls"]
    path = redirects.path_of(url_path)
    yield Target(item=record.external_id, old_urls=urls, path=path, page_id=holder.object_id)
    if record.kind == "category":
        yield _feed_of(record, address=f"{path}/")


def _to_link(record: Remembered, *, link: str) -> Iterator[Target]:
    if len(link) <= MAX_PATH:
        path = Redirect.normalise_path(link)
        urls = record.data["old_urls"]
        yield Target(item=record.external_id, old_urls=urls, path=path, link=link)
        yield _feed_of(record, address=link)


def _feed_of(record: Remembered, *, address: str) -> Target:
    """Return where the feed of an old list leads."""
    urls = [f"{url.rstrip('/')}/feed/" for url in record.data["old_urls"] if "?" not in url]
    link = f"{address}feed/"
    path = Redirect.normalise_path(link)
    return Target(item=record.external_id, old_urls=urls, path=path, link=link[:MAX_PATH])
