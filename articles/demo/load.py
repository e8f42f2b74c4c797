"""The demo newsroom comes in: through the import pipeline, as any archive does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from wagtail.models import Page

from articles.demo.account import SignIn, get_sign_in, make_editor
from articles.demo.content import load_content
from articles.demo.finish import (
    Arrived,
    count_readers,
    describe_outlet,
    introduce_authors,
    pin_stories,
    send_draft_to_review,
)
from articles.demo.items import SOURCE, list_records, media_item, source_info
from articles.demo.pictures import draw_into
from articles.demo.records import DemoContent, DemoPicture
from articles.demo.renditions import make_first_renditions
from articles.imports.models import ImportedRecord, ImportRun, RunStatus
from articles.imports.options import ImportOptions
from articles.imports.run import import_records

HOME_DEPTH = 2
LARGE = 12
"""The newest articles whose pictures are made in every size before the first visit."""

Say = Callable[[str], None]


class NotEmptyError(Exception):
    """The database holds something else: the demo leaves it alone."""

    def __init__(self) -> None:
        super().__init__("The database is not empty: the demo newsroom is for an empty one.")


def load_demo(
    *,
    now: datetime,
    say: Say = lambda line: None,
    content: DemoContent | None = None,
    cores: int = 0,
) -> SignIn | None:
    """Load the demo newsroom into an empty database, or finish what was begun.

    About 15 seconds of two cores. Broken off at any moment, it goes on from there with
    the next call, and ends with the same rows: all moments are those before its first
    start. Once it is there, nothing of it is touched again.

    Args:
        now: aware moment; the demo is as fresh as this.
        say: told what takes time, a line each.
        content: what to load; the newsroom's own demo by default.
        cores: how many draw and shrink pictures; 1 does everything in this thread.

    Returns:
        How to sign in; None when the demo editor's account is gone.

    Raises:
        NotEmptyError: there are pages that are not the demo's; nothing was written.
    """
    run = _first_run()
    if run is None and Page.objects.filter(depth__gt=HOME_DEPTH).exists():
        raise NotEmptyError
    if run is None or "demo" not in run.state:
        content = content or load_content()
        say(f"Loading the demo newsroom: {len(content.articles)} articles ...")
        run = _import(content, run=run, now=now, cores=cores)
        _finish(content, run=run)
        say("Preparing its pictures ...")
        _prepare_pictures(content, cores=cores)
    return get_sign_in(run.state["demo"]["editor_id"])


def _first_run() -> ImportRun | None:
    return ImportRun.objects.filter(source=SOURCE).order_by("pk").first()


def _import(content: DemoContent, *, run: ImportRun | None, now: datetime, cores: int) -> ImportRun:
    """Run the import, or go on with it; return the run whose start is the demo's present."""
    if run is not None and run.status == RunStatus.DONE:
        return run
    now = run.started_at if run else now
    known = ImportedRecord.objects.filter(source=SOURCE, kind="media", object_id__isnull=False)
    there = set(known.values_list("external_id", flat=True))
    missing = [p for p in content.pictures() if media_item(p).external_id not in there]
    with tempfile.TemporaryDirectory(prefix="newsroom-demo-") as folder:
        draw_into(Path(folder), missing, processes=cores)
        import_records(
            source_info(content),
            list_records(content, now=now),
            options=ImportOptions(source=SOURCE, media=folder, status="as-source"),
            now=now,
            location="articles/demo/content",
            fingerprint=SOURCE,
        )
    return ImportRun.objects.filter(source=SOURCE).earliest("pk")


def _finish(content: DemoContent, *, run: ImportRun) -> None:
    """Write what no archive states, and note with it that the demo is complete."""
    now = run.started_at
    arrived = Arrived()
    with transaction.atomic():
        describe_outlet(content.outlet, arrived=arrived)
        introduce_authors(content.authors, arrived=arrived)
        pin_stories(content.outlet, arrived=arrived, now=now)
        count_readers(content, arrived=arrived, now=now)
        editor = make_editor(email=content.outlet.contact_email)
        send_draft_to_review(content, arrived=arrived, editor=editor)
        run.state = {**run.state, "demo": {"editor_id": editor.pk}}
        run.save(update_fields=["state"])


def _prepare_pictures(content: DemoContent, *, cores: int) -> None:
    """Make what the first visits show; broken off here, the worker makes it.

    Cards of all pictures, which articles show, too; the largest sizes of the newest only.
    """
    arrived = Arrived()

    def ids_of(pictures: Iterable[DemoPicture]) -> list[int]:
        found = (arrived.picture(media_item(picture).external_id) for picture in pictures)
        return [image_id for image_id in found if image_id is not None]

    newest = sorted(content.articles, key=lambda article: article.age_hours or float("inf"))
    leads = ids_of(article.image for article in newest if article.image)
    inside = ids_of(picture for article in newest for picture in article.body_pictures)
    faces = ids_of(author.portrait for author in content.authors)
    make_first_renditions(leads[:LARGE], slots=("card", "thumb", "lead"), threads=cores)
    make_first_renditions([*leads[LARGE:], *inside], slots=("card", "thumb"), threads=cores)
    make_first_renditions(faces, slots=("portrait",), threads=cores)
