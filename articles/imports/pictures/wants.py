"""Which pictures and files a page waits for, and how they get their places in it.

Pure: works on raw bodies and on what the record of the page says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.blocks.words import is_list_item

Body = list[dict[str, Any]]
Files = Mapping[str, tuple[str, int]]
"""Address to the model (`image`, `document`) and primary key of the file that serves it."""


@dataclass(frozen=True, slots=True)
class Want:
    """A file that is not here yet.

    `media_id` is the source's, "" when it names none; `model` is `image` or `document`, by
    what its place can show, "" for a file without one.
    """

    url: str
    media_id: str = ""
    model: str = "image"


@dataclass(slots=True)
class Filled:
    """What was put into a body: ids of pictures in order, number of files; what still waits."""

    images: list[int] = field(default_factory=list)
    placed: int = 0
    waiting: int = 0


def list_wants(
    body: Body, *, blocks: Mapping[str, Any], lead_url: str = "", lead_media_id: str = ""
) -> list[Want]:
    """Return what a version of a page waits for, the lead picture first.

    Args:
        body: raw StreamField data.
        blocks: `ImportedRecord.data["blocks"]`, by block id.
        lead_url: `lead_source_url` while there is no lead picture, else "".
        lead_media_id: `ImportedRecord.data["lead_media_id"]`.
    """
    wants = [Want(lead_url, lead_media_id)] if lead_url else []
    for value, name, media_id in _open_places(body, blocks=blocks):
        model = "image" if name == "image" else "document"
        wants.append(Want(value["source_url"], media_id, model))
    return wants


def fill_body(body: Body, files: Files) -> Filled:
    """Put files where a body waits for them; say what was done."""
    filled = Filled()
    for value, name, _ in _open_places(body, blocks={}):
        model, object_id = files.get(value["source_url"], ("", 0))
        if model != ("image" if name == "image" else "document"):
            filled.waiting += 1
            continue
        value[name] = object_id
        value["source_url"] = ""
        filled.placed += 1
        if model == "image":
            filled.images.append(object_id)
    return filled


def _open_places(
    body: Body, *, blocks: Mapping[str, Any]
) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Yield values without a file, the name of the file's key, and the media id."""
    for block in body:
        said = blocks.get(block.get("id") or "", {})
        value = block["value"]
        if block["type"] == "image":
            found = [(value, "image", said.get("media_id", ""))]
        elif block["type"] == "media":
            found = [(value, "file", said.get("media_id", ""))]
        elif block["type"] == "gallery":
            ids = said.get("media_ids", [])
            found = [
                (
                    item["value"] if is_list_item(item) else item,
                    "image",
                    ids[place] if place < len(ids) else "",
                )
                for place, item in enumerate(value["images"])
            ]
        else:
            continue
        for inner, name, media_id in found:
            if not inner.get(name) and inner.get("source_url"):
                yield inner, name, media_id
