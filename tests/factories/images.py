"""Pictures for tests; renditions are rows and files of one pixel, made without encoding much."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from articles.media.models import NewsImage, NewsRendition
from articles.media.sizes import list_sizes


def make_image(*, width: int = 60, height: int = 40, **fields: Any) -> NewsImage:
    """Make a picture of one color."""
    data = BytesIO()
    Image.new("RGB", (width, height), "#807060").save(data, "JPEG")
    fields.setdefault("title", "Picture")
    return NewsImage.objects.create(
        file=ContentFile(data.getvalue(), name="picture.jpg"),
        width=width,
        height=height,
        **fields,
    )


def make_renditions(
    image: NewsImage, *, slot: str = "card", formats: tuple[str, ...] = ("avif", "webp", "jpeg")
) -> None:
    """Make rows for all sizes of a slot; their files are never read."""
    NewsRendition.objects.bulk_create(
        NewsRendition(
            image=image,
            filter_spec=size.spec,
            file=f"images/{image.pk}-{size.width}x{size.height}.{size.format}",
            width=size.width,
            height=size.height or round(size.width * 2 / 3),
        )
        for size in list_sizes(slot, formats=formats)
    )
