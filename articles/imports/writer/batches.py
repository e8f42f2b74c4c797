"""A batch of records, sorted by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.imports.helper import Bodies
from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    CategoryItem,
    MediaItem,
    Record,
    RefusedItem,
    SkippedItem,
    TagItem,
)
from articles.imports.prepare import PreparedBody
from articles.imports.writer.decisions import Decision


@dataclass(slots=True)
class Batch:
    """Records of a source by their kinds, and what was decided of its items.

    `wanted` are the items whose bodies are being cleaned; `receive` waits for them.
    """

    authors: list[AuthorItem] = field(default_factory=list)
    categories: list[CategoryItem] = field(default_factory=list)
    tags: list[TagItem] = field(default_factory=list)
    media: list[MediaItem] = field(default_factory=list)
    articles: list[ArticleItem] = field(default_factory=list)
    skipped: list[SkippedItem] = field(default_factory=list)
    refused: list[RefusedItem] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    wanted: list[ArticleItem] = field(default_factory=list)
    pending: Bodies = list
    bodies: dict[str, PreparedBody] = field(default_factory=dict)
    item_count: int = 0

    def receive(self) -> None:
        """Wait for the bodies, and keep them by external id."""
        bodies = self.pending()
        self.bodies = {
            item.external_id: body for item, body in zip(self.wanted, bodies, strict=True)
        }


def is_item(record: Record) -> bool:
    """Tell whether a record is one of the source's items, which are counted and limited."""
    return isinstance(record, ArticleItem | MediaItem | SkippedItem | RefusedItem)


def sort_records(records: Iterable[Record]) -> Batch:
    """Sort records by kind, each kind in the source's order."""
    batch = Batch()
    for record in records:
        batch.item_count += is_item(record)
        match record:
            case AuthorItem():
                batch.authors.append(record)
            case CategoryItem():
                batch.categories.append(record)
            case TagItem():
                batch.tags.append(record)
            case MediaItem():
                batch.media.append(record)
            case ArticleItem():
                batch.articles.append(record)
            case SkippedItem():
                batch.skipped.append(record)
            case RefusedItem():
                batch.refused.append(record)
    return batch
