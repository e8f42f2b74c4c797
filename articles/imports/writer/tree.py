"""Places in the page tree by hand: treebeard's paths, and addresses that nobody else has.

The caller holds the parents' rows (`articles.pages.addresses.lock_pages`) while places
are given out and until the pages are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Case, F, Value, When
from wagtail.models import Page

from articles.imports.writer.rows import Rows
from articles.pages.base import RESERVED_LIST_SLUGS, RESERVED_ROOT_SLUGS
from articles.text.slugs import MAX_LENGTH, slugify

HOME_DEPTH = 2
_PLACES = """
    SELECT page.id, page.path, page.depth, page.url_path,
        (SELECT MAX(below.path) FROM wagtailcore_page below
         WHERE below.path > page.path AND below.path < page.path || 'ZZZZ')
    FROM wagtailcore_page page WHERE page.id IN ({marks})
"""
_FILE_ENDINGS = (".html", ".htm", ".php", ".aspx", ".asp", ".shtml")


@dataclass(slots=True)
class Place:
    """A parent, and the step of its last child."""

    id: int
    path: str
    depth: int
    url_path: str
    last_step: int = 0
    added: int = 0

    def next_path(self) -> str:
        """Return the path of a new last child."""
        self.last_step += 1
        self.added += 1
        return Page._get_path(self.path, self.depth + 1, self.last_step)


def load_places(ids: Iterable[int]) -> dict[int, Place]:
    """Return parents with what their next children need. One query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(_PLACES.format(marks=marks), wanted)
        rows = cursor.fetchall()
    return {
        pk: Place(id=pk, path=path, depth=depth, url_path=url_path, last_step=_step(path, last))
        for pk, path, depth, url_path, last in rows
    }


def _step(path: str, last: str | None) -> int:
    # The last page below may be a grandchild: its path begins with the last child's.
    return Page._str2int(last[len(path) : len(path) + Page.steplen]) if last else 0


def add_children(places: Iterable[Place], *, rows: Rows) -> None:
    """Count the new children of their parents. One query."""
    grown = [place for place in places if place.added]
    if grown and not rows.is_dry:
        cases = [When(pk=place.id, then=Value(place.added)) for place in grown]
        Page.objects.filter(pk__in=[place.id for place in grown]).update(
            numchild=F("numchild") + Case(*cases)
        )
    for place in grown:
        place.added = 0


@dataclass(frozen=True, slots=True)
class WantedSlug:
    """The slug a page should have; `identity` makes it the page's own when it is taken."""

    parent_id: int
    slug: str
    title: str
    identity: str


class Slugs:
    """Gives out slugs that are free below their parent and hide none of our addresses.

    A dry run leaves no pages behind; it remembers what it gave out in a nameless file.
    """

    def __init__(self, *, remembers: bool = False) -> None:
        self._memory = sqlite3.connect("", isolation_level=None) if remembers else None
        if self._memory:
            self._memory.execute("CREATE TABLE given (parent INT, slug TEXT, UNIQUE(parent, slug))")

    def choose(self, wanted: Sequence[WantedSlug], *, places: dict[int, Place]) -> list[str]:
        """Return a free slug for each page, in order. One query, two when one is taken."""
        plain = [plain_slug(want) for want in wanted]
        taken = self._taken(plain, places=places)
        chosen: dict[int, str] = {}
        later: list[int] = []
        for at, want in enumerate(wanted):
            key = (want.parent_id, plain[at])
            place = places[want.parent_id]
            if plain[at] and key not in taken and not is_reserved(plain[at], depth=place.depth):
                taken.add(key)
                chosen[at] = plain[at]
            else:
                later.append(at)
        if later:
            short = {at: with_suffix(plain[at], wanted[at].identity) for at in later}
            whole = {at: with_suffix(plain[at], wanted[at].identity, whole=True) for at in later}
            taken |= self._taken([*short.values(), *whole.values()], places=places)
            for at in later:
                parent = wanted[at].parent_id
                chosen[at] = short[at] if (parent, short[at]) not in taken else whole[at]
                taken.add((parent, chosen[at]))
        self._remember((want.parent_id, chosen[at]) for at, want in enumerate(wanted))
        return [chosen[at] for at in range(len(wanted))]

    def _taken(self, slugs: list[str], *, places: dict[int, Place]) -> set[tuple[int, str]]:
        by_path = {place.path: place.id for place in places.values()}
        found = Page.objects.filter(slug__in=set(slugs)).order_by().values_list("path", "slug")
        taken = {
            (by_path[path[: -Page.steplen]], slug)
            for path, slug in found
            if path[: -Page.steplen] in by_path
        }
        if self._memory:
            marks = ", ".join("?" * len(slugs))
            query = f"SELECT parent, slug FROM given WHERE slug IN ({marks})"  # noqa: S608
            taken |= set(self._memory.execute(query, slugs).fetchall())
        return taken

    def _remember(self, given: Iterable[Any]) -> None:
        if self._memory:
            self._memory.executemany("INSERT OR IGNORE INTO given VALUES (?, ?)", given)


def plain_slug(want: WantedSlug) -> str:
    """Return the slug as the source has it, in letters that addresses hold; may be empty."""
    slug = want.slug
    for ending in _FILE_ENDINGS:
        if slug.lower().endswith(ending):
            slug = slug[: -len(ending)]
            break
    return slugify(slug) or slugify(want.title)


def with_suffix(slug: str, identity: str, *, whole: bool = False) -> str:
    """Return a slug with what tells its page apart at the source, the same on every run.

    That is the number at the end of the id, or eight digits of its hash (16 if `whole`).
    """
    number = identity.rpartition("#")[2]
    digest = sha256(identity.encode("utf-8", "replace")).hexdigest()
    mark = digest[:16] if whole else digest[:8]
    if not whole and number.isascii() and number.isdigit() and len(number) < 16:
        mark = number
    if not slug:
        return slugify(identity, max_length=60) + f"-{mark}" if whole else mark
    return f"{slug[: MAX_LENGTH - 1 - len(mark)]}-{mark}"


def is_reserved(slug: str, *, depth: int) -> bool:
    """Tell whether a slug would hide one of the site's own addresses below a page of a depth."""
    return slug in RESERVED_LIST_SLUGS or (depth == HOME_DEPTH and slug in RESERVED_ROOT_SLUGS)
