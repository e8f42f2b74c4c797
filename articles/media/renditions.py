"""Making a picture's renditions: in the background, never while a reader waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from articles.media.models import NewsImage, NewsRendition
from articles.media.originals import Original, UnreadablePicture
from articles.media.sizes import FORMATS_BY_HASTE, Size, fitting_sizes

_SLOTS_BY_HASTE = ("card", "lead", "thumb", "portrait", "inline")


def make_renditions(
    image: NewsImage, *, slots: Iterable[str], formats: Collection[str] = FORMATS_BY_HASTE
) -> int:
    """Make the renditions that a picture lacks for some slots; return how many were made.

    The original is decoded once. One format comes after the other, cards first. Each
    rendition is saved by itself, so that a run that is cut off is not lost; what exists
    is left alone. One query, and four for each rendition made.

    Raises:
        UnreadablePicture: nothing can be made of the original, now or later.
    """
    slots = sorted(slots, key=lambda name: (*_SLOTS_BY_HASTE, name).index(name))
    there = set(
        NewsRendition.objects.filter(
            image_id=image.pk, focal_point_key__in=["", focal_key(image)]
        ).values_list("filter_spec", flat=True)
    )
    if not _list_missing(image.width, image.height, slots, formats=formats, there=there):
        return 0
    original = _open(image)
    # The stored size is that of the file as it lies there, not as it is turned.
    missing = _list_missing(*original.size, slots, formats=formats, there=there)
    if missing:
        original.decode(max(max(size.width, size.height) for size in missing))
    for size in missing:
        _make(image, size=size, original=original)
    return len(missing)


def focal_key(image: NewsImage) -> str:
    """Return the `focal_point_key` of cuts around the picture's present focal point."""
    return Filter("fill-1x1").get_cache_key(image)


def remove_outdated(image: NewsImage) -> int:
    """Remove cuts around a focal point that was given up; return how many.

    Call it after the new ones are made, so that readers have one or the other.
    """
    outdated = NewsRendition.objects.filter(image_id=image.pk).exclude(
        focal_point_key__in=["", focal_key(image)]
    )
    # One by one: the files go with the rows.
    return sum(rendition.delete()[0] for rendition in outdated)


def _list_missing(
    width: int,
    height: int,
    slots: Iterable[str],
    *,
    formats: Collection[str],
    there: Collection[str],
) -> list[Size]:
    found = [
        size
        for format in sorted(formats, key=FORMATS_BY_HASTE.index)
        for slot in slots
        for size in fitting_sizes(slot, width=width, height=height, formats=(format,))
    ]
    return [size for size in dict.fromkeys(found) if size.spec not in there]


def _open(image: NewsImage) -> Original:
    try:
        with image.open_file() as file:
            return Original(file.read())
    except OSError as error:
        raise UnreadablePicture(f"the original cannot be opened ({error})") from error


def _make(image: NewsImage, *, size: Size, original: Original) -> None:
    made = _DecodedFilter(size, original=original)
    rendition = NewsRendition(
        image=image,
        filter_spec=size.spec,
        focal_point_key=made.get_cache_key(image),
        file=image.generate_rendition_file(made),
    )
    try:
        with transaction.atomic():
            rendition.save()
    except IntegrityError:
        # Another process was quicker, or the picture was deleted meanwhile.
        rendition.file.delete(save=False)


class _DecodedFilter(Filter):
    """Wagtail's filter over a picture that is decoded already; its encoders, its qualities."""

    def __init__(self, size: Size, *, original: Original) -> None:
        super().__init__(size.spec)
        self.format = size.format
        self.original = original

    def run(self, image: Any, output: Any, source: File | None = None) -> Any:
        transform = self.get_transform(image, self.original.size)
        box = transform.get_rect().round()
        picture = PillowImage(
            self.original.cut((box.left, box.top, box.right, box.bottom), size=transform.size)
        )
        if self.format == "avif":
            quality = getattr(settings, "WAGTAILIMAGES_AVIF_QUALITY", 61)
            return picture.save_as_avif(output, quality=quality)
        if self.format == "webp":
            quality = getattr(settings, "WAGTAILIMAGES_WEBP_QUALITY", 80)
            return picture.save_as_webp(output, quality=quality)
        opaque = picture.set_background_color_rgb((255, 255, 255))
        quality = getattr(settings, "WAGTAILIMAGES_JPEG_QUALITY", 76)
        return opaque.save_as_jpeg(output, quality=quality, progressive=True, optimize=True)
