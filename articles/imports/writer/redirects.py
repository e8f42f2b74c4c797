"""Old addresses lead to what is now there: articles, sections, topics, authors.

A redirect goes to the page itself, so that it follows later moves. Articles that were
never out at their source get none: it would tell their address to whoever guesses a
number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from articles.imports.report import Report
from articles.imports.writer.rows import Rows
from articles.text.safe_html import drop_controls

MAX_PATH = 255


@dataclass(frozen=True, slots=True)
class Target:
    """Where old addresses lead: a page, or an address of ours that is none (`link`).

    `path` is the target's own address now, as `Redirect.normalise_path` gives it.
    """

    item: str
    old_urls: Sequence[str]
    path: str
    page_id: int | None = None
    link: str = ""


class Redirects:
    """Writes redirects for the site, made at a moment; in a dry run it only counts them."""

    def __init__(self, *, rows: Rows, report: Report, at: datetime) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise LookupError("There is no default site: make one under Settings › Sites.")
        self.site_id = site.pk
        self._root_path: str = site.root_page.url_path
        self._at = at
        self._rows = rows
        self._report = report
        self._memory = sqlite3.connect("", isolation_level=None) if rows.is_dry else None
        if self._memory:
            self._memory.execute("CREATE TABLE given (path TEXT PRIMARY KEY)")

    def path_of(self, url_path: str) -> str:
        """Return the public address of a page of this site, normalized."""
        return Redirect.normalise_path("/" + url_path.removeprefix(self._root_path))

    def write(self, targets: Iterable[Target]) -> None:
        """Write the redirects of targets that are not there yet. Three queries.

        What cannot be one is told: an address that is too long, that a live page has, or
        that leads elsewhere already.
        """
        wanted: dict[str, Target] = {}
        for target in targets:
            for path in self._candidates(target):
                wanted.setdefault(path, target)
        if not wanted:
            return
        taken = self._addresses_of_live_pages(wanted)
        known = self._known(wanted)
        new = []
        for path, target in wanted.items():
            if path in taken:
                self._tell(target, "address_taken", f"A page of ours has the old address {path}.")
            elif path not in known:
                new.append((path, target))
            elif known[path] not in {(target.page_id, target.link), None}:
                self._tell(target, "redirect_taken", f"{path} leads to something else already.")
        self._insert(new)

    def _candidates(self, target: Target) -> Iterator[str]:
        for url in target.old_urls:
            path = old_path(url)
            if path in {"", "/", target.path} or drop_controls(path) != path:
                continue
            if len(path) > MAX_PATH:
                self._tell(target, "redirect_too_long", f"This address is too long: {path[:120]}…")
                continue
            yield path
            if path.lower() not in {path, target.path}:
                yield path.lower()

    def _addresses_of_live_pages(self, paths: Iterable[str]) -> set[str]:
        # `url_path` has no index; the slug, which is its last part, has one.
        slugs = {path.rpartition("/")[2] for path in paths if "?" not in path}
        pages = Page.objects.filter(slug__in=slugs, live=True).order_by()
        return {self.path_of(url_path) for url_path in pages.values_list("url_path", flat=True)}

    def _known(self, paths: Iterable[str]) -> dict[str, tuple[int | None, str] | None]:
        paths = list(paths)
        found = Redirect.objects.filter(site_id=self.site_id, old_path__in=paths).order_by()
        known: dict[str, tuple[int | None, str] | None] = {
            path: (page_id, link)
            for path, page_id, link in found.values_list(
                "old_path", "redirect_page_id", "redirect_link"
            )
        }
        if self._memory:
            marks = ", ".join("?" * len(paths))
            query = f"SELECT path FROM given WHERE path IN ({marks})"  # noqa: S608
            known |= {path: None for (path,) in self._memory.execute(query, paths)}
        return known

    def _insert(self, new: Sequence[tuple[str, Target]]) -> None:
        self._report.count_created("redirects", len(new))
        if self._memory:
            self._memory.executemany(
                "INSERT OR IGNORE INTO given VALUES (?)", [(path,) for path, _ in new]
            )
        self._rows.insert(
            Redirect,
            [
                {
                    "old_path": path,
                    "site_id": self.site_id,
                    "is_permanent": True,
                    "redirect_page_id": target.page_id,
                    "redirect_link": target.link,
                    "automatically_created": True,
                    "created_at": self._at,
                }
                for path, target in new
            ],
        )

    def _tell(self, target: Target, kind: str, detail: str) -> None:
        self._report.tell(target.item, kind, detail)


def old_path(url: str) -> str:
    """Return an old address as Wagtail looks it up: without host, decoded; "" if it is none."""
    try:
        parts = urlsplit(url.strip())
        path = f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
        return Redirect.normalise_path(path)
    except ValueError:
        return ""
