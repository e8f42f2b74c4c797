"""Look-ups of one export on disk, so that memory stays flat however long it is.

The first pass fills them, the second asks. The database is a private temporary file
that SQLite removes when the connection goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict

from articles.imports.items import MediaItem

_TABLES = """
CREATE TABLE items (number INTEGER PRIMARY KEY, post_id TEXT, external_id TEXT, type TEXT);
CREATE TABLE ids (external_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE media (post_id TEXT PRIMARY KEY, parent TEXT, place INTEGER, data TEXT)
    WITHOUT ROWID;
CREATE TABLE blocks (post_id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE authors (external_id TEXT PRIMARY KEY, data TEXT);
CREATE TABLE author_keys (key TEXT PRIMARY KEY, external_id TEXT) WITHOUT ROWID;
CREATE TABLE categories (slug TEXT PRIMARY KEY, data TEXT);
CREATE TABLE tags (slug TEXT PRIMARY KEY, name TEXT);
CREATE TABLE updates (minute TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE term_ids (term_id TEXT PRIMARY KEY, slug TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX items_by_post ON items (post_id);
CREATE INDEX media_by_parent ON media (parent, place);
"""
MAX_CHILDREN = 500
Data = dict[str, str]


class Spool:
    """What items of one export refer to, by the numbers and names they use."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def finish(self) -> None:
        """End the first pass."""
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)

    def close(self) -> None:
        self._db.close()

    # Items

    def claim_id(self, external_id: str) -> bool:
        """Return False if another item of the file has this id already."""
        done = self._db.execute("INSERT OR IGNORE INTO ids VALUES (?)", (external_id,))
        return done.rowcount == 1

    def add_item(self, *, number: int, post_id: str, external_id: str, type: str) -> None:
        """Note an item; an empty external id marks one whose id was taken."""
        self._db.execute(
            "INSERT INTO items VALUES (?, ?, ?, ?)", (number, post_id, external_id, type)
        )

    def external_id_of(self, post_id: str) -> str:
        """Return the external id of the first item with this number, or ""."""
        return self._one(
            "SELECT external_id FROM items WHERE post_id = ? ORDER BY number LIMIT 1", post_id
        )

    def external_id_at(self, number: int) -> str:
        """Return the external id given to the n-th item; "" if it was taken."""
        return self._one("SELECT external_id FROM items WHERE number = ?", number)

    def note_update(self, minute: str) -> None:
        """Count an item by the minute of its last change."""
        self._db.execute(
            "INSERT INTO updates VALUES (?, 1)"
            " ON CONFLICT (minute) DO UPDATE SET number = number + 1",
            (minute,),
        )

    def most_common_update(self) -> tuple[str, int, int]:
        """Return the minute that most items share, their number, and that of all; "" if none."""
        row = self._db.execute(
            "SELECT minute, number, (SELECT sum(number) FROM updates) FROM updates"
            " ORDER BY number DESC, minute LIMIT 1"
        ).fetchone()
        return row or ("", 0, 0)

    # Media and reusable blocks

    def add_media(self, media: MediaItem, *, post_id: str, parent: str, place: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO media VALUES (?, ?, ?, ?)",
            (post_id, parent, place, json.dumps(asdict(media))),
        )

    def find_media(self, post_id: str) -> MediaItem | None:
        """Return an attachment by its number, its parent as external id."""
        row = self._db.execute(
            "SELECT data, parent FROM media WHERE post_id = ?", (post_id,)
        ).fetchone()
        return self._media(*row) if row else None

    def list_children(self, post_id: str) -> list[MediaItem]:
        """List the attachments of a post by their place in the menu order."""
        rows = self._db.execute(
            "SELECT data, parent FROM media WHERE parent = ?"
            " ORDER BY place, CAST(post_id AS INTEGER) LIMIT ?",
            (post_id, MAX_CHILDREN),
        ).fetchall()
        return [self._media(*row) for row in rows]

    def _media(self, data: str, parent: str) -> MediaItem:
        values = json.loads(data)
        values["old_urls"] = tuple(values["old_urls"])
        values["parent_id"] = self.external_id_of(parent) if parent else ""
        return MediaItem(**values)

    def add_block(self, *, post_id: str, body: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO blocks VALUES (?, ?)", (post_id, body))

    def find_block(self, post_id: str) -> str | None:
        """Return the body of a reusable block, None if the file has no such item."""
        return self._one("SELECT body FROM blocks WHERE post_id = ?", post_id) or None

    # Authors

    def add_author(
        self, external_id: str, *, data: Data, keys: tuple[str, ...], wins: bool = False
    ) -> None:
        """Note an author, and the names (login, slug, `id:7`) under which items name it.

        One that is known keeps its values, unless the new ones win; those it lacks are
        filled in.
        """
        known = self.find_author(external_id) or {}
        weak, strong = (known, data) if wins else (data, known)
        merged = {**weak, **{key: value for key, value in strong.items() if value}}
        self._db.execute(
            "INSERT INTO authors VALUES (?, ?) ON CONFLICT (external_id)"
            " DO UPDATE SET data = excluded.data",
            (external_id, json.dumps(merged)),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO author_keys VALUES (?, ?)",
            [(key, external_id) for key in keys if key],
        )

    def merge_author(self, external_id: str, *, into: str) -> None:
        """Make two authors one, under the second id."""
        if external_id != into:
            self._db.execute(
                "UPDATE author_keys SET external_id = ? WHERE external_id = ?", (into, external_id)
            )
            self._db.execute("DELETE FROM authors WHERE external_id = ?", (external_id,))

    def author_id_of(self, key: str) -> str:
        """Return the external id of an author by one of its names, or ""."""
        return self._one("SELECT external_id FROM author_keys WHERE key = ?", key.strip())

    def find_author(self, external_id: str) -> Data | None:
        text = self._one("SELECT data FROM authors WHERE external_id = ?", external_id)
        return json.loads(text) if text else None

    def iter_authors(self) -> Iterator[tuple[str, Data]]:
        """Yield all authors in the order in which they were met."""
        for external_id, data in self._db.execute(
            "SELECT external_id, data FROM authors ORDER BY rowid"
        ):
            yield external_id, json.loads(data)

    # Terms

    def add_category(self, slug: str, *, data: Data) -> None:
        """Note a category by slug; the first statement of a slug holds."""
        self._db.execute("INSERT OR IGNORE INTO categories VALUES (?, ?)", (slug, json.dumps(data)))

    def iter_categories(self) -> Iterator[tuple[str, Data]]:
        for slug, data in self._db.execute("SELECT slug, data FROM categories ORDER BY rowid"):
            yield slug, json.loads(data)

    def add_tag(self, slug: str, *, name: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO tags VALUES (?, ?)", (slug, name))

    def iter_tags(self) -> Iterator[tuple[str, str]]:
        yield from self._db.execute("SELECT slug, name FROM tags ORDER BY rowid")

    def add_term_id(self, term_id: str, *, slug: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO term_ids VALUES (?, ?)", (term_id, slug))

    def slug_of_term(self, term_id: str) -> str:
        """Return the slug of a category by its number at the source, or ""."""
        return self._one("SELECT slug FROM term_ids WHERE term_id = ?", term_id)

    def _one(self, query: str, value: str | int) -> str:
        row = self._db.execute(query, (value,)).fetchone()
        return row[0] if row else ""
