"""An item's body made ready for the database: cleaned, and as the text that is stored.

Pure, so that another process can do it (`articles.imports.helper`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from articles.blocks.words import body_texts, count_words
from articles.imports.cleaner.clean import clean
from articles.imports.cleaner.ledger import Block
from articles.imports.items import ArticleItem, Dateline, Problem
from articles.text.html import plain_text

_LISTS = {"gallery": "images", "key_points": "points", "timeline": "events"}
"""Blocks with a ListBlock, and its name."""
_OPENING_BYTES = 4000


@dataclass(frozen=True, slots=True)
class PreparedBody:
    """A body as the database takes it.

    Attributes:
        json: the StreamField's value as text.
        extras: what the cleaner knew and no block has a field for, by block id.
        opening: the first words that readers see, to compare a standfirst with.
        has_media: whether pictures or files are still to be fetched.
        dropped: what was left out by rule, by kind, with numbers.
    """

    json: str
    extras: dict[str, dict[str, Any]]
    opening: str
    has_media: bool
    dateline: Dateline | None
    word_count: int
    words: int
    images: int
    links: int
    problems: list[Problem] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)


def prepare_body(item: ArticleItem, *, base_url: str) -> PreparedBody:
    """Clean an item's body; see `articles.imports.cleaner.clean`."""
    cleaned = clean(item.body, flavor=item.body_flavor, item=item, base_url=base_url)
    extras: dict[str, dict[str, Any]] = {}
    blocks = [_as_stored(block, extras=extras) for block in cleaned.blocks]
    texts = body_texts(blocks[:12])
    return PreparedBody(
        json=json.dumps(blocks, ensure_ascii=False),
        extras=extras,
        opening=plain_text(" ".join(texts)[:_OPENING_BYTES]),
        has_media=any(block["type"] in {"image", "gallery", "media"} for block in blocks),
        dateline=cleaned.dateline,
        word_count=count_words(blocks),
        words=cleaned.words_expected,
        images=cleaned.images,
        links=cleaned.links,
        problems=cleaned.problems,
        dropped=dict(cleaned.dropped),
    )


def _as_stored(block: Block, *, extras: dict[str, dict[str, Any]]) -> Block:
    """Give a block the shape in which the editor would store it; what has no field goes aside."""
    kind, value = block["type"], block["value"]
    identity = block["id"]
    if kind == "image":
        value = dict(value)
        if media_id := value.pop("media_id", ""):
            extras[identity] = {"media_id": media_id}
    elif kind == "also_read":
        value = dict(value)
        if wanted := value.pop("wanted_url", ""):
            extras[identity] = {"wanted_url": wanted}
    elif kind == "gallery":
        media_ids = [image.get("media_id", "") for image in value["images"]]
        if any(media_ids):
            extras[identity] = {"media_ids": media_ids}
        plain = [
            {name: inner for name, inner in image.items() if name != "media_id"}
            for image in value["images"]
        ]
        value = {**value, "images": plain}
    if kind in _LISTS:
        value = {**value, _LISTS[kind]: _list_items(value[_LISTS[kind]], identity=identity)}
    return {"type": kind, "value": value, "id": identity}


def _list_items(values: list[Any], *, identity: str) -> list[dict[str, Any]]:
    """Wrap the items of a ListBlock with ids that are the same on every run."""
    return [
        {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{identity}/{place}"))}
        for place, value in enumerate(values)
    ]
