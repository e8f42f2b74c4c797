"""An article as it leaves: plain data, complete without the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Status = Literal["published", "draft", "scheduled", "private"]


@dataclass(frozen=True, slots=True)
class ExportedPicture:
    """A picture; `url` is absolute, empty when nobody can be sent there.

    It is the address of the widest rendition that exists, since originals are not
    public; without one, the address that an import took or will take the file from.
    """

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """One article. The fields down to `canonical_url` are the contract's, in its order.

    All moments are aware and in UTC. Paths of `categories` are titles from the top, the
    primary one first. `body` is the stored list of blocks, with what its ids stand for
    (`articles.exports.bodies`). `image_count` counts the body's pictures and not
    the lead image; `link_count` counts links in the text and *Also Read* blocks.
    """

    id: int
    external_id: str
    source: str
    title: str
    slug: str
    url: str
    status: Status
    kind: str
    published_at: datetime | None
    updated_at: datetime | None
    dateline_place: str
    dateline_agency: str
    standfirst: str
    categories: tuple[tuple[str, ...], ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    lead_image: ExportedPicture | None
    body: list[dict[str, Any]]
    text: str
    word_count: int
    image_count: int
    link_count: int
    views_total: int
    old_urls: tuple[str, ...]
    seo_title: str
    seo_description: str
    canonical_url: str
    # For formats that ask for more.
    kind_label: str = ""
    language: str = ""
    outlet: str = ""
    source_name: str = ""
    embargoed_until: datetime | None = None
    expires_at: datetime | None = None
    is_withdrawn: bool = False
    author_urls: tuple[str, ...] = field(default=())
    """Of `authors`, one each."""
