"""The media stage: newest articles first, then what else the source's library holds."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from articles.imports.in_place import in_batches, open_pages
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.pictures.bring import Bringer
from articles.imports.pictures.folder import Folder
from articles.imports.pictures.place import place_files, wants_of
from articles.imports.pictures.sources import MediaSource
from articles.imports.pictures.wants import Want
from articles.imports.pictures.web import Web
from articles.imports.progress import Progress
from articles.imports.report import Report
from articles.imports.stages import Stop, save_state
from articles.imports.writer.records import record_key
from articles.pages.article import ArticlePage
from articles.pages.signals import articles_written

PAGES = 50
"""Pages of one batch."""

LIBRARY_FILES = 200
"""Files of the library of one batch."""


def fetch_media(
    run: ImportRun, *, options: ImportOptions, report: Report, progress: Progress, stop: Stop
) -> None:
    """Bring pictures and files for the pages of a source, and put them in (a `Stage`).

    From the folder that `options.media` names, else from the archive's hosts; with `skip`
    nothing happens. Pages are readable all the while. What fails is told and remembered:
    the next run asks for it again, unless it is in vain.
    """
    if options.media == "skip":
        return
    bring_media(
        run,
        source=choose_source(run, options=options),
        options=options,
        report=report,
        progress=progress,
        stop=stop,
    )


def choose_source(run: ImportRun, *, options: ImportOptions) -> MediaSource:
    """Return where files come from: the folder or the web, never both.

    Raises:
        NotADirectoryError: `--media` names a folder that is none.
    """
    folder = options.media_folder
    if folder is not None:
        return Folder(folder, max_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    return Web([*run.state.get("hosts", ()), *options.media_hosts])


def bring_media(
    run: ImportRun,
    *,
    source: MediaSource,
    options: ImportOptions,
    report: Report,
    progress: Progress,
    stop: Stop,
) -> None:
    """Do what `fetch_media` does, with a given source of files."""
    if run.state.get("media", {}).get("is_done"):
        return
    bringer = Bringer(run, source=source, report=report, stop=stop, asks_again=bool(options.only))
    try:
        is_whole = _serve_pages(
            run, options=options, bringer=bringer, report=report, progress=progress, stop=stop
        ) and (
            bool(options.only) or _serve_library(run, bringer=bringer, progress=progress, stop=stop)
        )
    finally:
        bringer.close()
    if not is_whole:
        return
    with transaction.atomic():
        _tell_what_is_missing(source, report=report)
        save_state(run, report=report, media={"is_done": True})


def _serve_pages(
    run: ImportRun,
    *,
    options: ImportOptions,
    bringer: Bringer,
    report: Report,
    progress: Progress,
    stop: Stop,
) -> bool:
    """Serve the pages that wait for files; False when it was stopped."""
    pending = _pending(run, only=options.only)
    # A number each: a million pages take eight megabytes.
    ids = array("q", pending.values_list("pk", flat=True).iterator())
    progress.begin("media", total=len(ids))
    try:
        for batch in in_batches(ids, size=PAGES):
            if stop():
                return False
            found = ImportedRecord.objects.in_bulk(batch)
            records = [found[pk] for pk in batch if pk in found]
            files = bringer.bring(_list_wants(records))
            with transaction.atomic():
                placed = place_files(records, files)
                save_state(run, report=report)
            if placed.written:
                articles_written.send(
                    sender=ImportRun, article_ids=placed.written, is_text_changed=False
                )
            progress.step(len(batch))
    finally:
        progress.end()
    return not stop()


def _pending(run: ImportRun, *, only: str) -> QuerySet[ImportedRecord]:
    """Return the records of pages that wait for files, those of the newest articles first."""
    published = ArticlePage.objects.filter(pk=OuterRef("object_id")).values("published_at")
    pending = ImportedRecord.objects.filter(
        source=run.source,
        kind__in=["article", "page"],
        object_id__isnull=False,
        data__pending_media=True,
    )
    if only:
        pending = pending.filter(external_id=record_key(only))
    return pending.annotate(published_at=Subquery(published)).order_by(
        F("published_at").desc(nulls_last=True), "-pk"
    )


def _list_wants(records: list[ImportedRecord]) -> Iterator[tuple[str, Want]]:
    # Held for a moment only: files may take minutes, and an editor must not wait for them.
    with transaction.atomic():
        pages = open_pages(records)
    for page in pages:
        wants = [want for version in page.versions for want in wants_of(page.record, version)]
        for want in dict.fromkeys(wants):
            yield page.record.external_id, want


def _serve_library(run: ImportRun, *, bringer: Bringer, progress: Progress, stop: Stop) -> bool:
    """Bring the source's media items that no page has brought; False when it was stopped."""
    waiting = ImportedRecord.objects.filter(source=run.source, kind="media", object_id=None)
    ids = array("q", waiting.order_by("-pk").values_list("pk", flat=True).iterator())
    progress.begin("media library", total=len(ids))
    try:
        for batch in in_batches(ids, size=LIBRARY_FILES):
            if stop():
                return False
            found = ImportedRecord.objects.in_bulk(batch)
            bringer.bring(
                (record.external_id, Want(record.data["url"], record.external_id, ""))
                for record in (found[pk] for pk in batch if pk in found)
                if record.data.get("url")
            )
            progress.step(len(batch))
    finally:
        progress.end()
    return not stop()


def _tell_what_is_missing(source: MediaSource, *, report: Report) -> None:
    missing = report.media["failed"] + report.media["refused"]
    if isinstance(source, Web):
        for host in sorted(source.left):
            report.tell(
                "", "media_host_left", f"{host} failed 20 times in a row and was left for later."
            )
    if missing:
        report.tell(
            "",
            "media_missing",
            f"{missing} pictures or files are missing; their places keep the addresses. The "
            "same command tries those again that may come later; --media with a folder takes "
            "them from there.",
        )
