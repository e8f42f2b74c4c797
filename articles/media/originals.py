"""An original, decoded once for all renditions that are made of it."""

from __future__ import annotations

import io
import warnings
from typing import IO

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps

_TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""


class UnreadablePicture(ValueError):
    """The file is missing, broken or of a kind that is not shown; the message says what."""


class TooManyPixels(UnreadablePicture):
    """More than Pillow opens at all."""


def read_size(file: IO[bytes]) -> tuple[int, int]:
    """Return a picture's width and height as it is seen, from the header of its file.

    Raises:
        UnreadablePicture: it is no picture.
    """
    try:
        with warnings.catch_warnings():
            # How large a picture may be is decided where it comes in.
            warnings.simplefilter("ignore")
            # Not closed here: the file is the caller's.
            picture = Image.open(file)
            return _seen_size(picture.size, is_turned=_is_turned(picture))
    except Image.DecompressionBombError as error:
        raise TooManyPixels("the picture has far too many pixels") from error
    except Exception as error:
        raise UnreadablePicture("the file is no picture that can be read") from error


def _is_turned(picture: Image.Image) -> bool:
    if picture.format == "PNG" and "exif" not in picture.info:
        # Pillow would decode the whole picture to see whether it stands at the end.
        return False
    return picture.getexif().get(ExifTags.Base.Orientation, 1) in _TURNED


def _seen_size(size: tuple[int, int], *, is_turned: bool) -> tuple[int, int]:
    return (size[1], size[0]) if is_turned else size


class Original:
    """A picture's file, of which the header is read at once and the pixels when asked for.

    `size` is its width and height as it is seen.
    """

    def __init__(self, data: bytes) -> None:
        """Open a whole file.

        Raises:
            UnreadablePicture: it is no picture.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._picture: Image.Image = Image.open(io.BytesIO(data))
                self._was_turned = _is_turned(self._picture)
        except Exception as error:
            raise UnreadablePicture("the file is no picture that can be read") from error
        self.size = _seen_size(self._picture.size, is_turned=self._was_turned)

    def decode(self, largest: int) -> None:
        """Decode the pixels, for copies of at most so many pixels a side.

        Raises:
            UnreadablePicture: the file is damaged or ends too early.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                # JPEG decodes at a half, a quarter or an eighth much faster.
                if isinstance(self._picture, ImageFile.ImageFile):
                    self._picture.draft(None, (largest, largest))
                self._picture.load()
                turned = self._picture.getexif().get(ExifTags.Base.Orientation, 1) in _TURNED
                if turned != self._was_turned:
                    self.size = (self.size[1], self.size[0])
                self._picture = _to_rgb(ImageOps.exif_transpose(self._picture))
        except Exception as error:
            raise UnreadablePicture(f"the picture is damaged or incomplete ({error})") from error

    def cut(self, box: tuple[float, float, float, float], *, size: tuple[int, int]) -> Image.Image:
        """Return a part of the decoded picture in a size.

        Args:
            box: left, top, right, bottom in pixels of the original as it is seen.
            size: width and height of the result.
        """
        across = self._picture.width / self.size[0]
        down = self._picture.height / self.size[1]
        left, top, right, bottom = box
        copy = self._picture.resize(
            size,
            Image.Resampling.LANCZOS,
            box=(
                max(0.0, left * across),
                max(0.0, top * down),
                min(float(self._picture.width), right * across),
                min(float(self._picture.height), bottom * down),
            ),
            # Halves large pictures first: several times faster, and no eye tells.
            reducing_gap=3.0,
        )
        copy.info = {
            name: value for name, value in self._picture.info.items() if name == "icc_profile"
        }
        return copy


def _to_rgb(picture: Image.Image) -> Image.Image:
    """Return the first frame in colors that every format and browser knows."""
    if picture.mode in {"RGB", "RGBA"}:
        return picture
    has_alpha = picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK" and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            converted = None
        if converted is not None:
            converted.info.pop("icc_profile", None)
            return converted
    if picture.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
        # 16 bits a pixel: the upper eight are the picture.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    rgb = picture.convert("RGBA" if has_alpha else "RGB")
    # The profile of gray or CMYK pixels is wrong for these.
    rgb.info.pop("icc_profile", None)
    return rgb
