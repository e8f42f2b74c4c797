"""The plain data that templates take; nothing in it leads back to the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One format of a picture: its MIME type, and `srcset` as the attribute wants it."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the renditions that exist; `src`, `width`, `height` are the fallback's."""

    src: str
    width: int
    height: int
    sources: tuple[PictureSource, ...] = ()
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list. `kicker` leads to the section; `title` is the short headline.

    An address elsewhere that an editor chose is a card too: its `id` is 0, it has no
    moment, and its kicker is the host it lies on.
    """

    id: int
    title: str
    url: str
    kind: str
    kind_label: str
    published_at: datetime | None
    kicker: str = ""
    label_visible: bool = False
    """Whether the type is shown: news is not."""
    standfirst: str = ""
    updated_at: datetime | None = None
    section_title: str = ""
    section_url: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    """(name, url) of those who sign with *by*, in order."""
    image: Picture | None = None
    image_alt: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Page numbers of a list. `links` are (number, url, is_current); None is a gap."""

    number: int
    total: int
    previous_url: str = ""
    next_url: str = ""
    links: tuple[tuple[int | None, str, bool], ...] = field(default=())
