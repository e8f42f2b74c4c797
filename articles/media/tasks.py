"""Background work on pictures."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.core.cache import cache
from django_tasks import task

from articles.media.models import NewsImage, NewsRendition
from articles.media.originals import UnreadablePicture
from articles.media.renditions import make_renditions, remove_outdated
from articles.media.sizes import (
    FORMATS_BY_HASTE,
    MAIN_SLOTS,
    fitting_sizes,
    hasty_format,
    slots_of,
)

logger = logging.getLogger(__name__)

TASK_BATCH = 5
"""Pictures of one task: at most about 15 seconds of one core."""

QUERY_BATCH = 500

URGENT = (40, 20, -5)
BULK = (10, -10, -30)
"""Priorities of JPEG, WebP and AVIF. What an editor has just uploaded goes before an
import's backlog, and cards of all pictures before the fine formats of any."""


@task(queue_name="media")
def make_sizes(*, image_ids: list[int], slots: list[str], is_bulk: bool, stage: int = 0) -> int:
    """Make the renditions of some pictures in one format, then ask for the next format.

    Safe to repeat. A broken picture is logged and not asked for again as long as its file
    is the same. Returns how many renditions were made.
    """
    made = 0
    sound: list[int] = []
    images = NewsImage.objects.in_bulk(image_ids)
    for image in (images[image_id] for image_id in image_ids if image_id in images):
        try:
            made += make_renditions(image, slots=slots, formats=FORMATS_BY_HASTE[stage : stage + 1])
        except UnreadablePicture as error:
            _give_up(image, error)
        else:
            sound.append(image.pk)
    if sound and stage + 1 < len(FORMATS_BY_HASTE):
        _enqueue(sound, slots=slots, is_bulk=is_bulk, stage=stage + 1)
    return made


@task(queue_name="media", priority=URGENT[0])
def remake_cuts(*, image_id: int) -> int:
    """Cut a picture anew after its focal point has moved, in all the slots that it had."""
    image = NewsImage.objects.filter(pk=image_id).first()
    if image is None:
        return 0
    specs = NewsRendition.objects.filter(image_id=image_id).values_list("filter_spec", flat=True)
    slots = {slot for spec in specs for slot in slots_of(spec)}
    try:
        made = make_renditions(image, slots=slots or MAIN_SLOTS)
    except UnreadablePicture as error:
        _give_up(image, error)
        return 0
    remove_outdated(image)
    return made


def enqueue_for_images(
    image_ids: Iterable[int], *, slots: Sequence[str] = MAIN_SLOTS, is_bulk: bool = True
) -> int:
    """Have pictures' sizes made in the background; return how many were asked for.

    Pictures that have their first renditions, and those known to be broken, are passed over.
    Two queries for every `QUERY_BATCH` pictures and one insert for every `TASK_BATCH`.

    Args:
        image_ids: primary keys, those that matter most (of the newest articles) first.
        slots: names of `sizes.SLOTS` they are shown in.
        is_bulk: whether it may wait until what editors upload is done.
    """
    ids = list(dict.fromkeys(image_ids))
    count = 0
    for start in range(0, len(ids), QUERY_BATCH):
        waiting = _list_waiting(ids[start : start + QUERY_BATCH], slots=slots)
        for first in range(0, len(waiting), TASK_BATCH):
            _enqueue(waiting[first : first + TASK_BATCH], slots=slots, is_bulk=is_bulk, stage=0)
        count += len(waiting)
    return count


def _enqueue(image_ids: list[int], *, slots: Sequence[str], is_bulk: bool, stage: int) -> None:
    priority = (BULK if is_bulk else URGENT)[stage]
    make_sizes.using(priority=priority).enqueue(
        image_ids=image_ids, slots=list(slots), is_bulk=is_bulk, stage=stage
    )


def _list_waiting(image_ids: list[int], *, slots: Sequence[str]) -> list[int]:
    """Return the pictures that lack a rendition for one of the slots, in their order.

    What counts is the format that is made first: the task of that one asks for the others.
    """
    images = {
        image.pk: image
        for image in NewsImage.objects.filter(pk__in=image_ids).only(
            "width", "height", "file", "file_hash"
        )
    }
    broken = cache.get_many([_broken_key(image) for image in images.values()])
    there = set(
        NewsRendition.objects.filter(image_id__in=image_ids)
        .exclude(filter_spec__endswith="|format-avif")
        .values_list("image_id", "filter_spec")
    )

    def lacks(image: NewsImage, slot: str) -> bool:
        sizes = fitting_sizes(
            slot, width=image.width, height=image.height, formats=(hasty_format(slot),)
        )
        return any((image.pk, size.spec) not in there for size in sizes)

    return [
        image_id
        for image_id in image_ids
        if (image := images.get(image_id))
        and _broken_key(image) not in broken
        and any(lacks(image, slot) for slot in slots)
    ]


def _give_up(image: NewsImage, error: UnreadablePicture) -> None:
    """Say once that a picture is broken: raising would have the queue try it five times."""
    logger.error("Picture %d (%s) cannot be shown: %s. Replace its file.", image.pk, image, error)
    cache.set(_broken_key(image), True, timeout=None)


def _broken_key(image: NewsImage) -> str:
    return f"media:broken:{image.pk}:{image.file_hash or image.file.name}"
