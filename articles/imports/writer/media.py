"""Pictures and files of a source: remembered here, stored by the media stage."""

from __future__ import annotations

from collections.abc import Sequence

from articles.imports.items import MediaItem
from articles.imports.models import ImportedRecord
from articles.imports.report import Report
from articles.imports.stages import PICTURE_WITHOUT_FILE
from articles.imports.writer.records import NewRecord, Records, fingerprint_of, record_key


def plan_media(
    items: Sequence[MediaItem], *, known_records: Records, report: Report
) -> list[NewRecord]:
    """Return the records of pictures; one whose address stayed keeps its file. One query."""
    known = known_records.find(["media"], [record_key(item.external_id) for item in items])
    records = []
    for item in items:
        key = record_key(item.external_id)
        old = known.get(("media", key))
        fingerprint = fingerprint_of(item)
        file_id = old.object_id if old and _same_file(old, item=item) else None
        if file_id is None:
            report.count_skipped(PICTURE_WITHOUT_FILE)
        else:
            is_same = old is not None and old.fingerprint == fingerprint
            report.count_item("unchanged" if is_same else "updated")
        data = {
            "url": item.url,
            "title": item.title,
            "caption": item.caption,
            "credit": item.credit,
            "alt_text": item.alt_text,
            "parent": item.parent_id,
            "old_urls": list(item.old_urls),
        }
        if old and file_id is not None:
            data = {**old.data, **data}
        records.append(NewRecord("media", key, file_id, fingerprint, data=data))
    return records


def _same_file(record: ImportedRecord, *, item: MediaItem) -> bool:
    return record.object_id is not None and record.data.get("url") == item.url
