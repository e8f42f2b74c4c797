"""Files put where pages wait for them: in the row, in its versions, in the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.imports.in_place import OpenPage, Version, open_pages, save_pages
from articles.imports.models import ImportedRecord
from articles.imports.pictures.wants import Files, Filled, Want, fill_body, list_wants
from articles.media.sizes import MAIN_SLOTS
from articles.media.tasks import enqueue_for_images
from articles.pages.article import ArticlePage


@dataclass(slots=True)
class Placed:
    """What was done to a batch of pages.

    Attributes:
        written: ids of the articles that were changed.
        waiting: how many pages still wait for files.
    """

    written: list[int] = field(default_factory=list)
    waiting: int = 0


def wants_of(record: ImportedRecord, version: Version) -> list[Want]:
    """Return what a version of a record's page waits for."""
    return list_wants(
        version.body,
        blocks=record.data.get("blocks", {}),
        lead_url="" if version.lead_image else version.lead_source_url,
        lead_media_id=record.data.get("lead_media_id", ""),
    )


def place_files(records: Sequence[ImportedRecord], files: Files) -> Placed:
    """Put files into the pages of records, and note which pages wait no more.

    A page that was edited here since gets what its own blocks wait for, and nothing else
    of it is touched; it is looked at again on each run, for an editor may have had it open.
    Renditions are asked for in the same transaction, which is the caller's.
    """
    placed = Placed()
    leads: list[int] = []
    inline: list[int] = []
    changed: list[OpenPage] = []
    settled = {record.pk: record for record in records}
    for page in open_pages(records):
        done = [_fill(version, files) for version in page.versions]
        if any(filled.placed for filled in done):
            changed.append(page)
        leads += [filled.lead for filled in done if filled.lead]
        inline += [image_id for filled in done for image_id in filled.body.images]
        if any(filled.waiting for filled in done):
            placed.waiting += 1
        if page.is_edited or any(filled.waiting for filled in done):
            del settled[page.record.pk]
    save_pages(changed)
    for record in settled.values():
        record.data = {**record.data, "pending_media": False}
    ImportedRecord.objects.bulk_update(settled.values(), ["data"])
    placed.written = [page.id for page in changed if page.model is ArticlePage]
    enqueue_for_images(leads, slots=MAIN_SLOTS)
    enqueue_for_images(inline, slots=("inline",))
    return placed


@dataclass(slots=True)
class _Done:
    """What was put into one version; `lead` is the id of its lead picture if it came now."""

    body: Filled
    lead: int = 0
    waiting: int = 0

    @property
    def placed(self) -> int:
        return self.body.placed + bool(self.lead)


def _fill(version: Version, files: Files) -> _Done:
    done = _Done(body=fill_body(version.body, files))
    done.waiting = done.body.waiting
    if version.lead_source_url and not version.lead_image:
        model, object_id = files.get(version.lead_source_url, ("", 0))
        if model == "image":
            version.lead_image, version.lead_source_url = object_id, ""
            done.lead = object_id
        else:
            done.waiting += 1
    return done
