"""Pictures and files of a body, found on its raw data without making block instances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.blocks.words import is_list_item

Value = dict[str, Any]


def iter_pictures(raw: Iterable[dict[str, Any]]) -> Iterator[Value]:
    """Yield the values of `PictureBlock` in a body, those of galleries among them, in order.

    Args:
        raw: a list of `{"type", "value", "id"}`, as a StreamField is stored. What is
            yielded are its own dictionaries: a change of them changes the body.
    """
    for block in raw:
        if block["type"] == "image":
            yield block["value"]
        elif block["type"] == "gallery":
            for item in block["value"].get("images") or ():
                yield item["value"] if is_list_item(item) else item


def iter_files(raw: Iterable[dict[str, Any]]) -> Iterator[Value]:
    """Yield the values of `MediaBlock` in a body; as `iter_pictures`."""
    return (block["value"] for block in raw if block["type"] == "media")


def picture_ids(raw: Iterable[dict[str, Any]]) -> list[int]:
    """Return the ids of the pictures that are shown in a body, in order, each once."""
    return list(dict.fromkeys(value["image"] for value in iter_pictures(raw) if value.get("image")))
