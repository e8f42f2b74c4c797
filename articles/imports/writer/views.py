"""View counts of the old system: the base that no window of ours includes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from articles.imports.items import ArticleItem
from articles.imports.maps import read_views_rows
from articles.popularity.models import ArticlePopularity
from articles.popularity.rollup import set_base_views


class ViewsFile:
    """The rows of `--views`, on disk, by external id or address.

    Raises:
        UnusableSource: the file is no CSV of ids and whole numbers.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(
            "CREATE TABLE views (name TEXT PRIMARY KEY, number INT, used INT DEFAULT 0)"
        )
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO views (name, number) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)",
            ((_name(name), number) for name, number in read_views_rows(path)),
        )
        self._db.execute("COMMIT")

    def find(self, item: ArticleItem) -> int | None:
        """Return the count of an item: by its id, the number that ends it, or an address."""
        names = list(_names(item))
        marks = ", ".join("?" * len(names))
        query = f"SELECT max(number) FROM views WHERE name IN ({marks})"  # noqa: S608
        found: int | None = self._db.execute(query, names).fetchone()[0]
        if found is not None:
            query = f"UPDATE views SET used = 1 WHERE name IN ({marks})"  # noqa: S608
            self._db.execute(query, names)
        return found

    def count_unused(self) -> int:
        """Return how many rows named no item that was asked for."""
        return int(self._db.execute("SELECT count(*) FROM views WHERE NOT used").fetchone()[0])


def write_views(views: dict[int, int]) -> None:
    """Set the bases of articles that have another one. Three queries at most."""
    known = dict(
        ArticlePopularity.objects.filter(article__in=views).values_list("article_id", "base_views")
    )
    changed = {pk: number for pk, number in views.items() if known.get(pk, 0) != number}
    if changed:
        set_base_views(changed)


def _names(item: ArticleItem) -> Iterator[str]:
    yield item.external_id
    number = item.external_id.rpartition("#")[2]
    if number.isdigit():
        yield number
    for address in item.old_urls:
        yield _name(address)


def _name(text: str) -> str:
    """Return an id as it is, and of an address what is the same on http, https and www."""
    if "://" not in text and not text.startswith("/"):
        return text
    parts = urlsplit(text)
    path = parts.path.rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path
