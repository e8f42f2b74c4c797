"""How pictures are uploaded at the desk."""

from __future__ import annotations

import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureUploadField(WagtailImageField):
    """Wagtail's field, which alone decodes a picture before it counts the pixels."""

    default_error_messages = {
        "damaged": _(
            "This picture is damaged or incomplete. Export it again, or fetch it from its "
            "source again."
        ),
    }

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse what has too many pixels by its header, then what cannot be decoded."""
        limit = self.max_image_pixels
        try:
            pixels = self._count_pixels(f.image.f)
            if limit is not None and pixels > limit:
                raise ValidationError(
                    self.error_messages["file_too_many_pixels"]
                    % {"num_pixels": f"{pixels:,}", "max_pixels_count": f"{limit:,}"},
                    code="file_too_many_pixels",
                )
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(self.error_messages["damaged"], code="damaged") from error

    @staticmethod
    def _count_pixels(file: Any) -> int:
        file.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(file) as opened:
                    return opened.width * opened.height
        except Image.DecompressionBombError:
            # Pillow will not even say how large it is: more than twice its own limit.
            return 2 * (Image.MAX_IMAGE_PIXELS or 0)
        finally:
            file.seek(0)


class NewsImageForm(BaseImageForm):
    """The form of the upload screens, the choosers and the API."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            plain = self.fields["file"]
            field = PictureUploadField(
                label=plain.label, required=plain.required, initial=plain.initial
            )
            # It carries the script that takes the title from the file's name.
            field.widget = plain.widget
            self.fields["file"] = field

    class Meta(BaseImageForm.Meta):
        pass
