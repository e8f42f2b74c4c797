"""The facts of a site that every page shows: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from articles.reading.addresses import page_url
from articles.reading.records import Picture

TREE_STEP = 4
"""Characters of a tree path that one level takes (treebeard's `steplen` for pages)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A live, public section. `trail` leads from the top down to it: (title, url)."""

    id: int
    title: str
    url: str
    path: str
    """Its place in the page tree (treebeard): paths of what lies below start with it."""
    trail: tuple[tuple[str, str], ...]
    parent_id: int | None = None
    child_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Banner:
    """The line on air. `url` may be empty."""

    text: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The outlet as every page shows it; nothing leads back to the database."""

    site_id: int
    root_url: str
    """Scheme and host, from Wagtail's Site record; no slash at the end."""
    home_id: int
    home_path: str
    root_url_path: str
    name: str
    zone: ZoneInfo
    tagline: str = ""
    agency: str = ""
    contact_email: str = ""
    founding_year: int | None = None
    address: str = ""
    has_full_feeds: bool = False
    ai_crawlers_allowed: bool = False
    logo: Picture | None = None
    social_profiles: tuple[tuple[str, str], ...] = ()
    """(label, url), as the footer links."""
    footer_links: tuple[tuple[str, str], ...] = ()
    policies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """`about`, `ethics`, `corrections`, `ownership`, `masthead`, `privacy`: (title, url)."""
    sections: dict[int, Section] = field(default_factory=dict)
    """By id, in the order of the menu, each before those below it."""
    sections_by_path: dict[str, Section] = field(default_factory=dict)
    banner: Banner | None = None

    @property
    def top_sections(self) -> list[Section]:
        """The sections of the first level, in the order of the menu."""
        return [section for section in self.sections.values() if section.parent_id is None]

    def children_of(self, section_id: int) -> list[Section]:
        """Return the sections right below one, in the order of the menu."""
        section = self.sections.get(section_id)
        return [self.sections[pk] for pk in section.child_ids] if section else []

    def ids_below(self, section_id: int) -> list[int]:
        """Return a section's id and those of all sections below it."""
        section = self.sections.get(section_id)
        if section is None:
            return [section_id]
        return [pk for pk, other in self.sections.items() if other.path.startswith(section.path)]

    def top_of(self, section_id: int) -> int | None:
        """Return the id of the section of the first level that a section belongs to."""
        section = self.sections.get(section_id)
        while section is not None and section.parent_id is not None:
            section = self.sections[section.parent_id]
        return section.id if section else None

    def section_at(self, path: str) -> Section | None:
        """Return the nearest section at or above a place of the page tree."""
        while len(path) > len(self.home_path):
            section = self.sections_by_path.get(path)
            if section is not None:
                return section
            path = path[:-TREE_STEP]
        return None

    def url_of(self, url_path: str) -> str:
        """Return the address of a page by its `url_path`; "" outside the site."""
        return page_url(url_path, root_url_path=self.root_url_path)

    def absolute(self, url: str) -> str:
        """Return an address of the site with scheme and host; others as they are."""
        return self.root_url + url if url.startswith("/") and not url.startswith("//") else url
