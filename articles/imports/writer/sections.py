"""Sections: the known tree, what of it the source means, and what is to be made.

The tree is in memory; it is that of the site, not of the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wagtail.models import Page

from articles.imports.items import Problem
from articles.imports.maps import join_path, split_path
from articles.imports.writer.breadcrumbs import divide
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.text.slugs import slugify

SourcePath = tuple[tuple[str, str], ...]
"""(slug, title) pairs from the top, as items state them."""
NEWS = ("News",)
MAX_DEPTH = 20
MAX_TITLE = 255


@dataclass(slots=True, eq=False)
class Section:
    """A node of the tree; home is the root. `id` is 0 until it is written."""

    title: str
    slug: str
    parent: Section | None = None
    id: int = 0
    children: list[Section] = field(default_factory=list)

    def find(self, *, slug: str = "", title: str = "") -> Section | None:
        """Return the child with this slug, else the one with this title in whatever case."""
        for child in self.children:
            if slug and child.slug == slug:
                return child
        wanted = title.casefold()
        return next(
            (child for child in self.children if wanted and child.title.casefold() == wanted), None
        )

    def titles(self) -> tuple[str, ...]:
        """Return the titles from the top to this one."""
        return (*self.parent.titles(), self.title) if self.parent else ()

    def slug_path(self) -> str:
        """Return the slugs from below home to this one; "" for home."""
        if self.parent is None:
            return ""
        return f"{self.parent.slug_path()}/{self.slug}".strip("/")


class Sections:
    """Finds sections by what items state; those that are missing wait to be made.

    Args:
        into: titles of the section for items that state none; empty: *News*.
        section_map: new paths by old ones, as titles or slugs joined by slashes; an
            empty new path says that the old one is no section.
    """

    def __init__(self, *, into: tuple[str, ...] = (), section_map: dict[str, str] | None = None):
        self.into = into or NEWS
        self.is_told = bool(into)
        self.missing: list[Section] = []
        self._map = {_key(old): split_path(new) for old, new in (section_map or {}).items()}
        self._by_source: dict[SourcePath, Section | None] = {}
        self.root = _load_tree()

    def find(self, path: SourcePath) -> Section | None:
        """Return the section of a source's path, noted as missing if it is; None if it is none."""
        if path not in self._by_source:
            self._by_source[path] = self._find(path[:MAX_DEPTH])
        return self._by_source[path]

    def find_by_titles(self, titles: Sequence[str]) -> Section:
        """Return the section of titles from the top, noted as missing if it is."""
        at = self.root
        for title in titles:
            title = title[:MAX_TITLE]
            found = at.find(title=title) or at.find(slug=slugify(title))
            at = found or self._add(at, slug=slugify(title), title=title)
        return at

    def find_by_breadcrumb(self, text: str, *, item: str) -> tuple[Section, list[Problem]]:
        """Return the section of a trail whose titles run together, and how it was told."""
        titles, kind, detail = divide(text, root=self.root, into=self.into if self.is_told else ())
        problems = [Problem(item=item, kind=kind, detail=detail)] if kind else []
        return self.find_by_titles(titles or self.into), problems

    def url_path_of(self, section: Section) -> str:
        """Return the `url_path` of a section's page."""
        return f"/{self.root.slug}/{section.slug_path()}/"

    def default(self) -> Section:
        """Return the section of items that state none."""
        return self.find_by_titles(self.into)

    def proposal(self) -> list[tuple[str, str]]:
        """Return rows of a section map: what the source calls its sections, and where they go."""
        return sorted(
            (join_path(slug for slug, _ in path), join_path(found.titles()) if found else "")
            for path, found in self._by_source.items()
        )

    def take_missing(self) -> list[list[Section]]:
        """Return what is to be made, parents before children, by level; it is noted no more."""
        levels: dict[int, list[Section]] = {}
        for section in self.missing:
            levels.setdefault(len(section.titles()), []).append(section)
        self.missing = []
        return [levels[depth] for depth in sorted(levels)]

    def _find(self, path: SourcePath) -> Section | None:
        for key in (_key(join_path(slug for slug, _ in path)), _key(join_path(t for _, t in path))):
            if key in self._map:
                titles = self._map[key]
                return self.find_by_titles(titles) if titles else None
        at = self.root
        for slug, title in path:
            slug = slugify(slug) or slugify(title)
            # A slug that was taken by another page got a suffix: then the title tells.
            found = at.find(slug=slug) or at.find(title=title)
            at = found or self._add(at, slug=slug, title=title[:MAX_TITLE] or slug)
        return at

    def _add(self, parent: Section, *, slug: str, title: str) -> Section:
        section = Section(title=title, slug=slug, parent=parent)
        parent.children.append(section)
        self.missing.append(section)
        return section


def _load_tree() -> Section:
    """Read home and all sections below it. Two queries."""
    home = HomePage.objects.order_by("path").first()
    if home is None:
        raise LookupError("There is no home page: run `manage.py migrate`.")
    root = Section(title=home.title, slug=home.slug, id=home.pk)
    by_path = {home.path: root}
    rows = (
        CategoryPage.objects.descendant_of(home)
        .order_by("path")
        .values_list("pk", "path", "title", "slug")
    )
    for pk, path, title, slug in rows:
        parent = by_path.get(path[: -Page.steplen])
        if parent is not None:
            section = Section(title=title, slug=slug, parent=parent, id=pk)
            parent.children.append(section)
            by_path[path] = section
    return root


def _key(path: str) -> str:
    return join_path(split_path(path.casefold()))
