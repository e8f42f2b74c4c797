"""What became of each address of a source, over all its runs.

Kept as `ImportedRecord(kind="address")`: `object_id` and `data["model"]` when a stored
file serves the address, else why none does. So a second run asks no dead link again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.pictures.addresses import address_key
from articles.imports.pictures.sources import NotHad, Outcome
from articles.imports.writer.records import record_key
from articles.media.models import NewsDocument, NewsImage

KIND = "address"
FINAL_FOR = timedelta(days=7)
"""How long a final failure (404, a file that is no picture) is believed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address.

    Attributes:
        model: `image` or `document`, "" when no file serves it.
        object_id: primary key of the file, 0 when there is none.
        outcome: `failed` or `refused`, "" when there is a file.
        detail: why there is none.
        is_final: whether it is in vain to ask again, as of `at`.
        source: `folder` or `fetch`: who could not bring it.
        at: when it was asked for.
        run_id: the run that asked, or the latest one that counted it.
        record_id: primary key of the record.
    """

    model: str = ""
    object_id: int = 0
    outcome: str = ""
    detail: str = ""
    is_final: bool = False
    source: str = ""
    at: datetime | None = None
    run_id: int = 0
    record_id: int = 0

    def as_failure(self) -> NotHad:
        """Return what came of it, as it was when it was asked for."""
        outcome: Outcome = "refused" if self.outcome == "refused" else "failed"
        return NotHad(outcome, self.detail, is_final=self.is_final)

    def is_in_vain(self, *, source: str, now: datetime) -> bool:
        """Tell whether a source need not be asked: it has said so not long ago."""
        fresh = self.at is not None and now - self.at < FINAL_FOR
        return self.is_final and self.source == source and fresh


def recall(source: str, urls: Iterable[str]) -> dict[str, Known]:
    """Return what is known of addresses, by their keys. Three queries at most.

    A file that an editor has deleted since is not known any more.
    """
    keys = {record_key(address_key(url)): address_key(url) for url in urls}
    if not keys:
        return {}
    records = ImportedRecord.objects.filter(source=source, kind=KIND, external_id__in=list(keys))
    known = {keys[record.external_id]: _known(record) for record in records}
    there = {
        "image": _existing(NewsImage, known.values(), model="image"),
        "document": _existing(NewsDocument, known.values(), model="document"),
    }
    return {
        key: value
        for key, value in known.items()
        if not value.model or value.object_id in there[value.model]
    }


def remember_files(files: Mapping[str, tuple[str, int]], *, run: ImportRun, now: datetime) -> None:
    """Note which file serves an address: address to (model, primary key). Two queries."""
    _write(
        {
            url: (object_id, {"url": url, "model": model, "at": now.isoformat()})
            for url, (model, object_id) in files.items()
        },
        run=run,
    )


def remember_failures(
    failures: Mapping[str, NotHad], *, source: str, run: ImportRun, now: datetime
) -> None:
    """Note why addresses brought nothing. Two queries."""
    _write(
        {
            url: (
                None,
                {
                    "url": url,
                    "outcome": failure.outcome,
                    "detail": failure.detail,
                    "is_final": failure.is_final,
                    "source": source,
                    "at": now.isoformat(),
                },
            )
            for url, failure in failures.items()
        },
        run=run,
    )


def touch(known: Iterable[Known], *, run: ImportRun) -> None:
    """Note that a run has counted addresses that it did not have to ask for. One query."""
    ids = [one.record_id for one in known]
    ImportedRecord.objects.filter(pk__in=ids).update(updated_run=run)


def _write(values: dict[str, tuple[int | None, dict[str, Any]]], *, run: ImportRun) -> None:
    rows = {
        record_key(address_key(url)): ImportedRecord(
            source=run.source,
            kind=KIND,
            external_id=record_key(address_key(url)),
            object_id=object_id,
            fingerprint="",
            run=run,
            updated_run=run,
            data=data,
        )
        for url, (object_id, data) in values.items()
    }
    ImportedRecord.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["source", "kind", "external_id"],
        update_fields=["object_id", "updated_run", "data"],
    )


def _known(record: ImportedRecord) -> Known:
    data = record.data
    return Known(
        model=data.get("model", "") if record.object_id else "",
        object_id=record.object_id or 0,
        outcome=data.get("outcome", ""),
        detail=data.get("detail", ""),
        is_final=data.get("is_final", False),
        source=data.get("source", ""),
        at=datetime.fromisoformat(data["at"]),
        run_id=record.updated_run_id or record.run_id,
        record_id=record.pk,
    )


def _existing(
    table: type[NewsImage] | type[NewsDocument], known: Iterable[Known], *, model: str
) -> set[int]:
    ids = {value.object_id for value in known if value.model == model}
    return set(table.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
