"""What bodies refer to, collected in one walk and loaded in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from articles.blocks.words import is_list_item
from articles.media.models import NewsDocument
from articles.reading.body.rich_text import find_targets
from articles.reading.facts import SiteFacts
from articles.reading.pictures import Wanted, load_pictures_for
from articles.reading.records import Picture
from articles.reading.rows import PageRow, load_rows

BODY_SLOT = "inline"
"""Pictures in the text keep their own ratio."""


@dataclass(slots=True)
class References:
    """Ids of the pages, documents and pictures that bodies name."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)

    @property
    def wanted_pictures(self) -> set[Wanted]:
        return {(image_id, BODY_SLOT) for image_id in self.images}


@dataclass(frozen=True, slots=True)
class Targets:
    """What references lead to, of what readers may see."""

    titles: Mapping[int, str] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)
    documents: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[int, Picture] = field(default_factory=dict)


def collect(raw: Iterable[Mapping[str, Any]], *rich_texts: str) -> References:
    """Return what a raw body, and further rich texts beside it, refer to. No query."""
    found = References()
    for block in raw:
        if block["type"] == "also_read":
            _add_id(found.pages, block["value"], "article")
        elif block["type"] == "media":
            _add_id(found.documents, block["value"], "file")
        else:
            _gather(block["value"], found)
    for text in rich_texts:
        _gather(text, found)
    return found


def list_values(value: Any) -> list[Any]:
    """Return the values of a raw ListBlock, with or without Wagtail's wrapping of items."""
    return [item["value"] if is_list_item(item) else item for item in value or ()]


def load_targets(references: References, *, facts: SiteFacts) -> Targets:
    """Return what is referred to. At most three queries: pages, documents, renditions."""
    return build_targets(
        facts=facts,
        rows=load_rows(references.pages),
        documents=load_documents(references.documents),
        pictures=load_pictures_for(references.wanted_pictures),
    )


def build_targets(
    *,
    facts: SiteFacts,
    rows: Mapping[int, PageRow],
    documents: Mapping[int, str],
    pictures: Mapping[Wanted, Picture],
) -> Targets:
    """Return targets out of what has been loaded; takes no query."""
    return Targets(
        titles={pk: row.title for pk, row in rows.items()},
        links={pk: url for pk, row in rows.items() if (url := facts.url_of(row.url_path))},
        documents=documents,
        pictures={pk: picture for (pk, slot), picture in pictures.items() if slot == BODY_SLOT},
    )


def load_documents(document_ids: Iterable[int]) -> dict[int, str]:
    """Return the addresses of documents by id. One query, none without ids."""
    ids = set(document_ids)
    if not ids:
        return {}
    documents = NewsDocument.objects.filter(pk__in=ids).only("pk", "file")
    return {
        document.pk: reverse("wagtaildocs_serve", args=[document.pk, document.filename])
        for document in documents
    }


def _gather(value: Any, found: References) -> None:
    if isinstance(value, str):
        if "linktype" in value:
            pages, documents = find_targets(value)
            found.pages |= pages
            found.documents |= documents
    elif isinstance(value, dict):
        _add_id(found.images, value, "image")
        for inner in value.values():
            _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)


def _add_id(ids: set[int], value: Any, key: str) -> None:
    if isinstance(value, dict) and isinstance(value.get(key), int):
        ids.add(value[key])
