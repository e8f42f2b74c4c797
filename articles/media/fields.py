"""The file of a picture, whose size is read from its header and is that which is seen."""

from __future__ import annotations

from typing import Any

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from articles.media.originals import read_size


class PictureFieldFile(WagtailImageFieldFile):
    """Wagtail's decodes the whole picture for its size, and gives that before it is turned."""

    def get_image_dimensions(self) -> tuple[int, int]:
        is_closed = self.closed
        try:
            self.open()
            return read_size(self)
        finally:
            if is_closed:
                self.close()
            else:
                self.seek(0)


class PictureField(WagtailImageField):
    """Wagtail's field in all but how it reads sizes; the same to migrations."""

    attr_class = PictureFieldFile

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, f"{WagtailImageField.__module__}.WagtailImageField", args, kwargs
