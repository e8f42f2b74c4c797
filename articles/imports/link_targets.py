"""Where old addresses and headlines of all imports lead: an index on disk, made in one pass."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from wagtail.models import Site

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.pictures.addresses import host_of
from articles.imports.writer.records import record_key
from articles.imports.writer.redirects import old_path
from articles.pages.article import ArticlePage
from articles.text.folding import fold

INSERT_ROWS = 5000
MAX_HEADLINE = 255
_NAMES_OF_PAGES = frozenset({"p", "page_id", "attachment_id", "cat"})
"""Parameters by which WordPress names a page."""
_KINDS = ("article", "page", "category", "tag", "author", "media", "address")


@dataclass(frozen=True, slots=True)
class Target:
    """What an old address leads to: an `article`, `page` or `category` (ids of pages), a
    `tag`, an `author`, or a `document`.
    """

    kind: str
    id: int

    @property
    def is_page(self) -> bool:
        return self.kind in {"article", "page", "category"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A target, and the query of the address that is no part of its name (`utm_source=x`)."""

    target: Target
    query: str = ""


class LinkTargets:
    """Answers for a batch of addresses or headlines at a time; memory stays flat.

    Built from the records of all sources, so that an article of one import may link to
    one of another. Addresses are compared as redirects are: without host, decoded, without
    a last slash; if that finds nothing, without letter case.
    """

    def __init__(self, run: ImportRun) -> None:
        """Read the records: one pass over those of all sources."""
        self._hosts = _sources_by_host(run)
        # On disk, and gone with the connection.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE address (source TEXT, path TEXT, kind TEXT, id INTEGER,"
            " PRIMARY KEY (source, path)) WITHOUT ROWID;"
            "CREATE TABLE folded (source TEXT, path TEXT, kind TEXT, id INTEGER,"
            " PRIMARY KEY (source, path)) WITHOUT ROWID;"
            "CREATE TABLE attachment (source TEXT, path TEXT, parent TEXT);"
            "CREATE TABLE item (source TEXT, external_id TEXT, kind TEXT, id INTEGER,"
            " PRIMARY KEY (source, external_id)) WITHOUT ROWID;"
        )
        self._has_headlines = False
        self._fill_addresses()

    def close(self) -> None:
        self._base.close()

    def is_internal(self, url: str) -> bool:
        """Tell whether an address is on a host of the archives, or names none."""
        return _is_relative(url) or host_of(url) in self._hosts

    def find(self, urls: Iterable[str], *, source: str) -> dict[str, Hit]:
        """Return what addresses in a text of a source lead to; unknown ones are left out."""
        found = {}
        for url in urls:
            host = host_of(url)
            sources = [source] if _is_relative(url) else self._hosts.get(host, [])
            # Two archives of one host: an article's own one knows best.
            for name in sorted(sources, key=lambda name: name != source):
                if hit := self._find_one(url, source=name):
                    found[url] = hit
                    break
        return found

    def find_headlines(self, headlines: Iterable[str], *, source: str) -> dict[str, int]:
        """Return the ids of the articles that bear headlines, folded.

        One that is borne once in the source, or else once in the whole site; what several
        articles bear is left out.
        """
        self._fill_headlines()
        found = {}
        for headline in headlines:
            key = fold(headline[:MAX_HEADLINE])
            for table, values in (("own", (source, key)), ("site", (key,))):
                where = "source = ? AND headline = ?" if table == "own" else "headline = ?"
                query = f"SELECT id FROM {table} WHERE {where} LIMIT 2"  # noqa: S608 - our names
                ids = [pk for (pk,) in self._base.execute(query, values)]
                if len(ids) == 1:
                    found[headline] = ids[0]
                if ids:
                    break
        return found

    def _find_one(self, url: str, *, source: str) -> Hit | None:
        path, plain = old_path(url), old_path(url.partition("#")[0].partition("?")[0])
        query = url.partition("#")[0].partition("?")[2]
        if path == "/":
            return Hit(self._home) if self._home else None
        spellings = {path: ""}
        for name, value in parse_qsl(query):
            if name in _NAMES_OF_PAGES:
                spellings.setdefault(f"{plain}?{name}={value}", "")
        # The front page with parameters is not the front page.
        if plain != "/":
            spellings.setdefault(plain, query)
        for table in ("address", "folded"):
            for spelling, rest in spellings.items():
                key = spelling.lower() if table == "folded" else spelling
                row = self._base.execute(
                    f"SELECT kind, id FROM {table} WHERE source = ? AND path = ?",  # noqa: S608
                    (source, key),
                ).fetchone()
                if row:
                    return Hit(Target(*row), rest)
        return None

    def _fill_addresses(self) -> None:
        site = Site.objects.filter(is_default_site=True).first()
        self._home = Target("page", site.root_page_id) if site else None
        records = ImportedRecord.objects.filter(kind__in=_KINDS).order_by("pk")
        rows = records.values_list("source", "kind", "external_id", "object_id", "data")
        for batch in _batches(rows.iterator()):
            self._base.execute("BEGIN")
            for row in batch:
                self._fill_from(*row)
            self._base.execute("COMMIT")
        for table in ("address", "folded"):
            self._base.execute(
                f"INSERT OR IGNORE INTO {table} SELECT attachment.source, path, kind, id"  # noqa: S608
                " FROM attachment JOIN item ON item.source = attachment.source"
                " AND item.external_id = attachment.parent"
            )

    def _fill_from(
        self, source: str, kind: str, external_id: str, object_id: int | None, data: dict[str, Any]
    ) -> None:
        if kind in {"media", "address"}:
            if object_id and data.get("model") == "document":
                self._add(source, old_path(data["url"]), "document", object_id)
            for url in data.get("old_urls", ()):
                # A picture's own page leads to the article that it belongs to.
                parent = record_key(data.get("parent", ""))
                self._base.execute(
                    "INSERT INTO attachment VALUES (?, ?, ?)", (source, old_path(url), parent)
                )
        elif object_id:
            if kind in {"article", "page"}:
                values = (source, external_id, kind, object_id)
                self._base.execute("INSERT OR IGNORE INTO item VALUES (?, ?, ?, ?)", values)
            for url in data.get("old_urls", ()):
                self._add(source, old_path(url), kind, object_id)

    def _add(self, source: str, path: str, kind: str, object_id: int) -> None:
        if path and path != "/":
            values = (source, path, kind, object_id)
            self._base.execute("INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?)", values)
            folded = (source, path.lower(), kind, object_id)
            self._base.execute("INSERT OR IGNORE INTO folded VALUES (?, ?, ?, ?)", folded)

    def _fill_headlines(self) -> None:
        if self._has_headlines:
            return
        self._has_headlines = True
        self._base.executescript(
            "CREATE TABLE own (source TEXT, headline TEXT, id INTEGER);"
            "CREATE TABLE site (headline TEXT, id INTEGER);"
        )
        records = ImportedRecord.objects.filter(kind="article", object_id__isnull=False)
        own = records.order_by("pk").values_list("source", "data__title", "object_id")
        for batch in _batches(own.iterator()):
            self._base.executemany(
                "INSERT INTO own VALUES (?, ?, ?)",
                [(source, fold((title or "")[:MAX_HEADLINE]), pk) for source, title, pk in batch],
            )
        titles = ArticlePage.objects.order_by().values_list("title", "pk")
        for batch in _batches(titles.iterator()):
            self._base.executemany(
                "INSERT INTO site VALUES (?, ?)", [(fold(title), pk) for title, pk in batch]
            )
        self._base.executescript(
            "CREATE INDEX own_headline ON own (source, headline);"
            "CREATE INDEX site_headline ON site (headline);"
        )


def _is_relative(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//")


def _sources_by_host(run: ImportRun) -> dict[str, list[str]]:
    """Return which sources a host belongs to."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for host in run.state.get("hosts", ()):
        hosts[host].append(run.source)
    others = ImportRun.objects.exclude(source=run.source).order_by("-pk")
    for source, found in others.values_list("source", "state__hosts").iterator():
        for host in found or ():
            if source not in hosts[host]:
                hosts[host].append(source)
    return dict(hosts)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    rows = iter(rows)
    while batch := list(islice(rows, INSERT_ROWS)):
        yield batch
