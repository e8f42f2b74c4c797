"""Pictures for tests, drawn in memory."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from articles.media.models import NewsImage


def picture_bytes(
    *,
    size: tuple[int, int] = (600, 400),
    color: tuple[int, int, int] = (30, 90, 160),
    form: str = "JPEG",
    **options: Any,
) -> bytes:
    """A picture of one color, whose left quarter is red."""
    image = Image.new("RGB", size, color)
    image.paste((220, 20, 20), (0, 0, size[0] // 4, size[1]))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def make_image(*, data: bytes = b"", name: str = "test.jpg", **fields: Any) -> NewsImage:
    """Store a picture as an upload does, without the desk's form."""
    size = fields.pop("size", (600, 400))
    file = ImageFile(BytesIO(data or picture_bytes(size=size)), name=name)
    return NewsImage.objects.create(**{"title": "Test", "file": file, **fields})
