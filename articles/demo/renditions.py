"""The demo's pictures in the sizes that the first visit needs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from articles.media.models import NewsImage
from articles.media.renditions import make_renditions


def make_first_renditions(
    image_ids: Iterable[int], *, slots: Iterable[str], threads: int = 0
) -> int:
    """Make JPEG renditions now, on all cores; the worker makes the finer formats later.

    Pillow works without Python's lock, so threads do. Safe to repeat and to break off.

    Args:
        image_ids: primary keys; what matters most first.
        slots: names of `articles.media.sizes.SLOTS`.
        threads: how many work at once; 1 works in this thread, 0 takes every core.

    Returns:
        How many renditions were made.
    """
    slots = list(slots)

    def make(image: NewsImage) -> int:
        try:
            return make_renditions(image, slots=slots, formats=("jpeg",))
        finally:
            if threads != 1:
                connection.close()

    ids = list(image_ids)
    images = NewsImage.objects.in_bulk(ids)
    ordered = [images[image_id] for image_id in ids if image_id in images]
    if threads == 1:
        return sum(map(make, ordered))
    pool = ThreadPoolExecutor(threads or os.cpu_count())
    try:
        return sum(pool.map(make, ordered))
    finally:
        pool.shutdown(cancel_futures=True)
