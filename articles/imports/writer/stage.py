"""The writer as the first stage of a run: records in batches, from where a run had come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail.models import Site

from articles.imports.helper import WORTH_IT_ITEMS, Cleaning
from articles.imports.items import ArticleItem, AuthorItem, MediaItem, Record, SourceInfo
from articles.imports.maps import AUTHOR_HEAD, SECTION_HEAD, read_map, write_map
from articles.imports.models import ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.readers.base import UnusableSource
from articles.imports.readers.wxr_dates import parse_zone
from articles.imports.report import Report
from articles.imports.stages import Stop
from articles.imports.writer.batches import is_item
from articles.imports.writer.means import Means
from articles.imports.writer.people import People
from articles.imports.writer.records import PlannedRecords, Records
from articles.imports.writer.redirect_stage import count_planned
from articles.imports.writer.rows import NoRows, Rows
from articles.imports.writer.sections import Sections
from articles.imports.writer.status import StatusRules
from articles.imports.writer.tree import Slugs
from articles.imports.writer.views import ViewsFile
from articles.imports.writer.writer import Writer
from articles.navigation.models import NewsroomSettings


def write_records_of(
    run: ImportRun,
    *,
    info: SourceInfo,
    records: Iterable[Record],
    options: ImportOptions,
    report: Report,
    progress: Progress,
    stop: Stop,
) -> None:
    """Write all records that the options choose; go on behind those a run has done.

    Raises:
        UnusableSource: a map cannot be read, or `only` names no item of the source.
    """
    means = make_means(run, info=info, options=options, report=report)
    writer = Writer(means)
    total = min(options.limit or info.item_count or 0, info.item_count or options.limit) or None
    progress.begin("writing", total=total)
    try:
        _write_batches(writer, records, run=run, options=options, progress=progress, stop=stop)
        if not stop():
            _finish(means, options=options)
    finally:
        means.cleaning.close()
        progress.end()


def _write_batches(
    writer: Writer,
    records: Iterable[Record],
    *,
    run: ImportRun,
    options: ImportOptions,
    progress: Progress,
    stop: Stop,
) -> None:
    state = run.state.get("writer", {})
    position = done = state.get("position", 0)
    waiting = set(state.get("waiting", ()))
    batches = _cut(_chosen(records, options=options), size=options.batch_size)
    current = None
    for numbered in batches:
        if numbered[-1][0] <= done:
            _pass_over(numbered, writer=writer, waiting=waiting)
            progress.step(sum(is_item(record) for _, record in numbered))
            continue
        following = writer.begin(record for number, record in numbered if number > done)
        if current is not None:
            writer.write(current, position=position)
            progress.step(current.item_count)
        current, position = following, numbered[-1][0]
        current.receive()
        if stop():
            return
    if current is not None:
        writer.write(current, position=position)
        progress.step(current.item_count)
    writer.write_waiting(position=position, batch_size=options.batch_size, stop=stop)


def make_means(
    run: ImportRun, *, info: SourceInfo, options: ImportOptions, report: Report
) -> Means:
    """Gather what the writer works with: maps, tree, rules. Five queries."""
    site_zone = find_site_zone()
    records = PlannedRecords(run) if options.dry_run else Records(run)
    rows = NoRows() if options.dry_run else Rows()
    is_long = (info.item_count or 0) >= WORTH_IT_ITEMS
    return Means(
        run=run,
        records=records,
        report=report,
        rules=StatusRules(
            now=run.started_at,
            zone=parse_zone(options.timezone) or site_zone,
            site_zone=site_zone,
            rule=options.status,
            bulk_updated_at=info.bulk_updated_at,
        ),
        sections=Sections(
            into=options.into, section_map=read_map(options.section_map, head=SECTION_HEAD)
        ),
        people=People(records=records, author_map=read_map(options.author_map, head=AUTHOR_HEAD)),
        views=ViewsFile(options.views) if options.views else None,
        rows=rows,
        slugs=Slugs(remembers=rows.is_dry),
        forced=bool(options.only),
        # Last: what is above may refuse, and a helper process would be left.
        cleaning=Cleaning(base_url=info.base_url, with_helper=is_long),
    )


def find_site_zone() -> tzinfo:
    """Return the zone in which the site shows days. One query."""
    site = Site.objects.filter(is_default_site=True).first()
    stated = NewsroomSettings.for_site(site).time_zone if site else ""
    return parse_zone(stated or settings.TIME_ZONE) or ZoneInfo("UTC")


def _chosen(records: Iterable[Record], *, options: ImportOptions) -> Iterator[Record]:
    """Yield the records that the options ask for, from the first one on.

    Raises:
        UnusableSource: there is no item of the id that `only` names.
    """
    if options.only:
        yield from _only(records, wanted=options.only)
        return
    items = 0
    for record in records:
        if is_item(record):
            items += 1
            if options.limit and items > options.limit:
                return
        yield record


def _only(records: Iterable[Record], *, wanted: str) -> Iterator[Record]:
    """Yield one article by its id, or the number that ends it, with its authors and pictures."""
    authors: dict[str, AuthorItem] = {}
    found = False
    for record in records:
        if isinstance(record, AuthorItem):
            authors[record.external_id] = record
        elif isinstance(record, MediaItem) and _is_id(record.parent_id, wanted):
            yield record
        elif isinstance(record, ArticleItem) and _is_id(record.external_id, wanted):
            found = True
            ids = dict.fromkeys(byline.author_id for byline in record.bylines)
            yield from (authors[key] for key in ids if key in authors)
            yield record
    if not found:
        raise UnusableSource(
            f"the source has no article or page with the id {wanted}.",
            advice="Nothing was imported.",
        )


def _is_id(external_id: str, wanted: str) -> bool:
    return external_id == wanted or external_id.endswith(f"#{wanted}")


def _cut(records: Iterable[Record], *, size: int) -> Iterator[list[tuple[int, Record]]]:
    """Yield batches of records with their numbers, from 1."""
    batch: list[tuple[int, Record]] = []
    for numbered in enumerate(records, 1):
        batch.append(numbered)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _pass_over(numbered: list[tuple[int, Record]], *, writer: Writer, waiting: set[str]) -> None:
    """Take note of records that an earlier process has written, or left waiting."""
    for _, record in numbered:
        if isinstance(record, ArticleItem):
            if record.external_id in waiting:
                writer.waiting[record.external_id] = record
            if writer.means.views:
                writer.means.views.find(record)


def _finish(means: Means, *, options: ImportOptions) -> None:
    """Tell of views that name no item; a dry run writes its proposals of maps."""
    if means.views and (unused := means.views.count_unused()):
        detail = f"{unused} rows of {means.views.path.name} name no item of the source."
        means.report.tell("", "views_unused", detail)
    if not isinstance(means.records, PlannedRecords):
        return
    count_planned(means.records, report=means.report)
    section_map, author_map = options.section_map, options.author_map
    if section_map and not section_map.exists():
        write_map(section_map, head=SECTION_HEAD, rows=means.sections.proposal())
    if author_map and not author_map.exists():
        write_map(author_map, head=AUTHOR_HEAD, rows=sorted(means.people.proposal.items()))
