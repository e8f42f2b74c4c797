"""The demo newsroom as frozen records, before anything of it is in a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PICTURE_BASE = "https://pictures.daily-internationalist.example/"
"""Invented; the loader serves these addresses from the drawings, nothing is fetched."""


@dataclass(frozen=True, slots=True)
class DemoSection:
    """A section with its sub-sections; `path` is slugs joined by slashes."""

    slug: str
    title: str
    description: str = ""
    path: str = ""
    sections: tuple[DemoSection, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A picture to be drawn: `drawings.draw(drawing, seed=seed)`."""

    drawing: str
    seed: str
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def address(self) -> str:
        """The made-up address by which bodies refer to the picture."""
        return f"{PICTURE_BASE}{self.drawing}/{self.seed}.jpg"


@dataclass(frozen=True, slots=True)
class DemoAuthor:
    """`languages` are English names; `profiles` are (label, address) pairs."""

    slug: str
    name: str
    role: str
    base: str
    biography: str
    expertise: str
    languages: tuple[str, ...]
    profiles: tuple[tuple[str, str], ...]
    portrait: DemoPicture
    email: str = ""


@dataclass(frozen=True, slots=True)
class DemoByline:
    slug: str
    role: str = "by"


@dataclass(frozen=True, slots=True)
class DemoCorrection:
    kind: str
    text: str
    age_hours: float


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """An article. `body_html` refers to its pictures by `DemoPicture.address`."""

    slug: str
    section: str
    """Path of the primary section, such as `technology/space`."""
    title: str
    standfirst: str
    body_html: str
    kicker: str = ""
    kind: str = "news"
    status: str = "published"
    bylines: tuple[DemoByline, ...] = ()
    tags: tuple[str, ...] = ()
    further_categories: tuple[str, ...] = ()
    age_hours: float | None = None
    published: datetime | None = None
    """Aware, and instead of `age_hours`."""
    updated_age_hours: float | None = None
    embargo_in_hours: float | None = None
    scheduled_in_hours: float | None = None
    views: int = 0
    """Readers since publication; `weekly_views` of them in the past seven days."""
    weekly_views: int = 0
    image: DemoPicture | None = None
    body_pictures: tuple[DemoPicture, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[DemoCorrection, ...] = ()
    seo_title: str = ""
    seo_description: str = ""

    def published_at(self, *, now: datetime) -> datetime | None:
        """Return the moment of publication as seen from `now`; None for a mere draft."""
        if self.published is not None:
            return self.published
        return None if self.age_hours is None else now - timedelta(hours=self.age_hours)

    def updated_at(self, *, now: datetime) -> datetime | None:
        """Return the moment of the last marked update as seen from `now`, if any."""
        if self.updated_age_hours is None:
            return None
        return now - timedelta(hours=self.updated_age_hours)


@dataclass(frozen=True, slots=True)
class DemoStaticPage:
    slug: str
    title: str
    body_html: str


@dataclass(frozen=True, slots=True)
class DemoOutlet:
    """What an outlet says of itself.

    `profiles` are (label, address) pairs, `footer` slugs of standing pages. `policies`
    give a standing page to a field of the newsroom's settings. `pins` are article slugs by
    section path, the front page's under the empty one.
    """

    name: str
    agency: str
    tagline: str = ""
    contact_email: str = ""
    founding_year: int | None = None
    address: str = ""
    profiles: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    pins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Everything; `articles` in the order of their paths."""

    outlet: DemoOutlet
    sections: tuple[DemoSection, ...]
    authors: tuple[DemoAuthor, ...]
    articles: tuple[DemoArticle, ...]
    static_pages: tuple[DemoStaticPage, ...]

    def section_paths(self) -> frozenset[str]:
        """Return every section's path, sub-sections included."""
        return frozenset(section.path for section in self.walk_sections())

    def walk_sections(self) -> Iterator[DemoSection]:
        """Return every section, a parent before its children."""
        return walk_sections(self.sections)

    def pictures(self) -> Iterator[DemoPicture]:
        """Return every picture once: portraits, lead pictures, those in bodies."""
        found = [author.portrait for author in self.authors]
        for article in self.articles:
            found += [article.image] if article.image else []
            found += article.body_pictures
        return iter({picture.address: picture for picture in found}.values())


def walk_sections(sections: tuple[DemoSection, ...]) -> Iterator[DemoSection]:
    """Return sections and all below them, a parent before its children."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)
