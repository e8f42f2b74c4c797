"""What items of a source became: looked up and remembered a batch at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    CategoryItem,
    MediaItem,
    TagItem,
)
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.writer.rows import Rows

MAX_ID = 500
_NO_MATTER = frozenset({"external_id", "position", "problems", "views", "comment_count"})
"""Fields of an item whose change is no change of the text."""

Item = ArticleItem | AuthorItem | CategoryItem | MediaItem | TagItem


@dataclass(slots=True)
class NewRecord:
    """A row of `ImportedRecord` to be written.

    `address` is where its object is: a page's `url_path`, a public address of others.
    """

    kind: str
    external_id: str
    object_id: int | None
    fingerprint: str
    revision_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    address: str = ""


def record_key(external_id: str) -> str:
    """Return an external id as it is remembered: a long one ends in its hash."""
    if len(external_id) <= MAX_ID:
        return external_id
    digest = sha256(external_id.encode("utf-8", "replace")).hexdigest()
    return f"{external_id[: MAX_ID - len(digest) - 1]}#{digest}"


def fingerprint_of(item: Item, *decided: str) -> str:
    """Return the hash of an item as it was read, and of what the options made of it.

    Empty fields do not count, so that a field more in a later version changes nothing.
    """
    digest = sha256()
    for part in fields(item):
        value = getattr(item, part.name)
        if part.name not in _NO_MATTER and value != part.default and value:
            digest.update(f"{part.name}={value!r}\n".encode("utf-8", "replace"))
    for word in decided:
        digest.update(f"{word}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


class Records:
    """The records of a source in the database."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def find(
        self, kinds: Sequence[str], external_ids: Iterable[str]
    ) -> dict[tuple[str, str], ImportedRecord]:
        """Return records by kind and external id. One query."""
        keys = list(external_ids)
        if not keys:
            return {}
        found = ImportedRecord.objects.filter(
            source=self.run.source, kind__in=kinds, external_id__in=keys
        )
        return {(record.kind, record.external_id): record for record in found}

    def write(self, records: Sequence[NewRecord], *, rows: Rows) -> None:
        """Insert records, or bring changed ones up to date; the same ones stay untouched.

        Two queries and one round trip.
        """
        kinds = sorted({record.kind for record in records})
        known = self.find(kinds, [record.external_id for record in records])
        new: dict[tuple[str, str], dict[str, Any]] = {}
        changed: list[dict[str, Any]] = []
        for record in records:
            key = (record.kind, record.external_id)
            old = known.get(key)
            if old is None:
                new[key] = {**_values(record), "source": self.run.source, "run_id": self.run.pk}
                new[key] |= {"kind": record.kind, "external_id": record.external_id}
            elif not _is_same(old, record):
                values = {"pk": old.pk, **_values(record), "updated_run_id": self.run.pk}
                changed.append(values)
        rows.insert(ImportedRecord, new.values())
        rows.update(ImportedRecord, changed)


class PlannedRecords(Records):
    """What a dry run would remember, in a nameless file, beside what is in the database."""

    def __init__(self, run: ImportRun) -> None:
        super().__init__(run)
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(
            "CREATE TABLE records (kind TEXT, key TEXT, object_id INT, address TEXT, data TEXT,"
            " UNIQUE (kind, key))"
        )

    def find(
        self, kinds: Sequence[str], external_ids: Iterable[str]
    ) -> dict[tuple[str, str], ImportedRecord]:
        keys = list(external_ids)
        marks = ", ".join("?" * len(keys))
        query = f"SELECT kind, key, object_id, data FROM records WHERE key IN ({marks})"  # noqa: S608
        planned = {
            (kind, key): ImportedRecord(
                kind=kind, external_id=key, object_id=pk, data=json.loads(data), run=self.run
            )
            for kind, key, pk, data in self._db.execute(query, keys)
            if kind in kinds
        }
        return super().find(kinds, keys) | planned

    def write(self, records: Sequence[NewRecord], *, rows: Rows) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?, ?)",
            [
                (record.kind, record.external_id, record.object_id, record.address, data)
                for record in records
                for data in [json.dumps(record.data)]
            ],
        )

    def batches(self, size: int) -> Iterator[list[NewRecord]]:
        """Yield what is remembered, in its order."""
        after = 0
        query = "SELECT rowid, * FROM records WHERE rowid > ? ORDER BY rowid LIMIT ?"
        while found := self._db.execute(query, (after, size)).fetchall():
            after = found[-1][0]
            yield [
                NewRecord(kind, key, pk, "", data=json.loads(data), address=address)
                for _, kind, key, pk, address, data in found
            ]


def _values(record: NewRecord) -> dict[str, Any]:
    return {
        "object_id": record.object_id,
        "fingerprint": record.fingerprint,
        "revision_id": record.revision_id,
        "data": record.data,
    }


def _is_same(old: ImportedRecord, new: NewRecord) -> bool:
    names = ("object_id", "fingerprint", "revision_id")
    return all(getattr(old, name) == getattr(new, name) for name in names)
