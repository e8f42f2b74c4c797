"""Pages as the writer holds them between an item and its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail.models import Page

from articles.imports.items import Status


@dataclass(frozen=True, slots=True)
class Moments:
    """When a page was what; aware. `version_at` is that of its latest version."""

    version_at: datetime
    published_at: datetime | None = None
    updated_at: datetime | None = None
    go_live_at: datetime | None = None
    expire_at: datetime | None = None


@dataclass(slots=True)
class PageDraft:
    """A page before it has rows, or one whose rows are to be written again.

    `fields` are those of the page's own table by `attname`; a StreamField's value is its
    JSON as `Stored`. `page_fields` are further ones of Wagtail's table. `tags`, `bylines`
    (author id, role), `further` (section ids) are an article's relations. A private page
    that was written before has its restriction already, unless it is newly private.
    """

    model: type[Page]
    parent_id: int
    slug: str
    title: str
    status: Status
    moments: Moments
    fields: dict[str, Any] = field(default_factory=dict)
    page_fields: dict[str, Any] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    bylines: list[tuple[int, str]] = field(default_factory=list)
    further: list[int] = field(default_factory=list)
    is_newly_private: bool = False
    id: int = 0
    revision_id: int = 0
    url_path: str = ""

    @property
    def is_live(self) -> bool:
        """Whether readers may see it once its other conditions are met."""
        return self.status == "published" and not self.is_expired

    @property
    def is_expired(self) -> bool:
        at = self.moments.expire_at
        return at is not None and at <= self.moments.version_at

    @property
    def approved_at(self) -> datetime | None:
        """The moment at which the worker releases it."""
        return self.moments.go_live_at if self.status == "scheduled" else None
