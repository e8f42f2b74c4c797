"""The newsroom's own neutral vocabulary: what every reader yields and the writer takes.

Readers turn bytes of one format into these records, one at a time; nothing here
knows of a format, of Django, or of the database. All text is plain text with
entities decoded once, unless the field's name ends in `_html`. All instants are
aware and in UTC. Identity is (source, kind, external_id), never a title or slug.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Status = Literal["published", "draft", "scheduled", "private"]
BylineRole = Literal["by", "reporting", "photographs", "translated"]
BodyFlavor = Literal["html", "classic", "blocks", "text"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an operator should know; nothing is left out without one.

    `item` is the external id (or a file and line), `kind` a stable word such as
    `unknown_shortcode`, `detail` one sentence that says what to do.
    """

    item: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a reader learns of the whole source before its first item."""

    format: str
    title: str = ""
    base_url: str = ""
    language: str = ""
    timezone: str = ""
    """IANA zone or fixed offset that the source's own times show; empty if unknown."""
    generator: str = ""
    item_count: int | None = None
    bulk_updated_at: datetime | None = None
    """A minute that more than half of the items state as their update: a bulk edit's."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorItem:
    external_id: str
    name: str
    slug: str = ""
    email: str = ""
    """Used for matching in memory only; never stored or reported."""
    biography_html: str = ""
    website: str = ""
    old_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryItem:
    """A section. `path` holds (slug, title) pairs from the top to itself."""

    external_id: str
    path: tuple[tuple[str, str], ...]
    description: str = ""
    old_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagItem:
    external_id: str
    name: str
    slug: str = ""
    old_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaItem:
    """A picture or file that items refer to by `external_id` or by `url`."""

    external_id: str
    url: str
    title: str = ""
    caption: str = ""
    credit: str = ""
    alt_text: str = ""
    parent_id: str = ""
    old_urls: tuple[str, ...] = ()
    """Addresses of the attachment's own page; they lead to the parent article."""


@dataclass(frozen=True, slots=True)
class LeadImage:
    """The lead picture; `media_id` names a MediaItem, else `url` stands alone."""

    url: str = ""
    media_id: str = ""
    caption: str = ""
    credit: str = ""
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    name: str
    author_id: str = ""
    """External id of an AuthorItem; empty when the source gives a name only."""
    role: BylineRole = "by"


@dataclass(frozen=True, slots=True)
class Dateline:
    place: str = ""
    agency: str = ""
    date: str = ""
    """ISO day when the text states one, else empty."""


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    kind: str
    text: str
    at: datetime


@dataclass(slots=True)
class ArticleItem:
    """An article, or a page outside the news (`kind="page"`)."""

    external_id: str
    title: str
    kind: Literal["article", "page"] = "article"
    article_kind: str = "news"
    """news, analysis, opinion, interview, explainer, review, press_release, gallery."""
    slug: str = ""
    status: Status = "draft"
    status_stated: bool = True
    """False when the source has no notion of status (feed, saved page, text)."""
    body: str = ""
    body_flavor: BodyFlavor = "html"
    kicker: str = ""
    standfirst: str = ""
    excerpt: str = ""
    dateline: Dateline | None = None
    bylines: tuple[Byline, ...] = ()
    categories: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Section paths of (slug, title) pairs from the top; the primary one first."""
    breadcrumb_text: str = ""
    """A trail run together without separators; the writer divides it by the known tree."""
    tags: tuple[tuple[str, str], ...] = ()
    """(slug or empty, name) pairs."""
    lead: LeadImage | None = None
    media: tuple[MediaItem, ...] = ()
    """Media that the body refers to (galleries, wp-image ids), resolved by the reader."""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    created_at: datetime | None = None
    embargoed_until: datetime | None = None
    expires_at: datetime | None = None
    old_urls: tuple[str, ...] = ()
    """Every address the item ever had, canonical first; paths or whole URLs."""
    parent_id: str = ""
    menu_order: int = 0
    seo_title: str = ""
    seo_description: str = ""
    canonical_url: str = ""
    noindex: bool = False
    language: str = ""
    views: int | None = None
    comment_count: int = 0
    is_sticky: bool = False
    has_password: bool = False
    source_name: str = ""
    related_ids: tuple[str, ...] = ()
    corrections: tuple[CorrectionItem, ...] = ()
    reusable_blocks: dict[str, str] = field(default_factory=dict)
    """Bodies of the reusable blocks this body refers to, by id."""
    position: str = ""
    """Where the item stands: `file, line n`; for messages."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SkippedItem:
    """Left out by rule (trash, menu entry, revision): counted, with the reason."""

    external_id: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """Should have become something and could not: listed in the report."""

    external_id: str
    reason: str
    position: str = ""


Record = AuthorItem | CategoryItem | TagItem | MediaItem | ArticleItem | SkippedItem | RefusedItem
