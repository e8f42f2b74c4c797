"""Pictures in the renditions that exist; none is ever made while a reader waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.media.models import NewsRendition
from articles.media.sizes import MIME_TYPES, list_specs, pick_renditions
from articles.reading.records import Picture, PictureSource

Wanted = tuple[int, str]
"""A picture's id, and the slot of `articles/media/sizes.py` in which it is shown."""


@dataclass(frozen=True, slots=True)
class _Rendition:
    filter_spec: str
    name: str
    width: int
    height: int


def load_pictures(image_ids: Iterable[int], *, slot: str) -> dict[int, Picture]:
    """Return pictures of one slot by their id; without renditions a picture is left out.

    One query, none without ids.
    """
    found = load_pictures_for((image_id, slot) for image_id in image_ids)
    return {image_id: picture for (image_id, _), picture in found.items()}


def load_pictures_for(wanted: Iterable[Wanted]) -> dict[Wanted, Picture]:
    """Return pictures of several slots; what has no rendition that serves is left out.

    One query for any number of pictures and slots, none for nothing. Texts are the
    picture's own: a story may set its own ones over them.
    """
    wanted = set(wanted)
    if not wanted:
        return {}
    rows = (
        NewsRendition.objects.filter(
            image_id__in={image_id for image_id, _ in wanted},
            filter_spec__in=list_specs(sorted({slot for _, slot in wanted})),
        )
        # Of cuts around an old and a new focal point the one made last stands.
        .order_by("pk")
        .values_list(
            *("image_id", "filter_spec", "file", "width", "height"),
            *("image__description", "image__caption", "image__credit"),
        )
    )
    renditions: defaultdict[int, dict[str, _Rendition]] = defaultdict(dict)
    texts: dict[int, tuple[str, str, str]] = {}
    for image_id, spec, name, width, height, *words in rows:
        renditions[image_id][spec] = _Rendition(spec, name, width, height)
        texts[image_id] = (words[0], words[1], words[2])
    pictures = {}
    for image_id, slot in wanted:
        there = list(renditions.get(image_id, {}).values())
        picture = _build(there, slot=slot, texts=texts.get(image_id, ("", "", "")))
        if picture is not None:
            pictures[image_id, slot] = picture
    return pictures


def _build(
    renditions: list[_Rendition], *, slot: str, texts: tuple[str, str, str]
) -> Picture | None:
    picked = pick_renditions(slot, renditions)
    if not picked:
        return None
    storage = NewsRendition._meta.get_field("file").storage
    *better, last = picked
    fallback = picked[last][0]
    # A single size of the last format is the <img> itself.
    offered = picked if len(picked[last]) > 1 else better
    return Picture(
        src=storage.url(fallback.name),
        width=fallback.width,
        height=fallback.height,
        sources=tuple(
            PictureSource(
                type=MIME_TYPES[format],
                srcset=", ".join(
                    f"{storage.url(rendition.name)} {rendition.width}w"
                    for rendition in picked[format]
                ),
            )
            for format in offered
        ),
        alt=texts[0],
        caption=texts[1],
        credit=texts[2],
    )
