"""What a published picture's file says: who made it and who owns it, and nothing else."""

from __future__ import annotations

import io
import struct
import warnings
from typing import Protocol

from PIL import ExifTags, Image

from articles.media.avif import clean_avif
from articles.media.containers import (
    PNG_HEAD,
    DamagedPicture,
    clean_jpeg,
    clean_png,
    clean_webp,
)
from articles.media.gif import clean_gif
from articles.media.xmp import build_xmp

MAX_FIELD_LENGTH = 2_000
_XMP_NAMES = {
    "creator": "dc:creator",
    "credit": "photoshop:Credit",
    "copyright_notice": "dc:rights",
    "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
}
_ASCII, _SHORT = 2, 3


class UnknownFormat(ValueError):
    """The file is neither JPEG, PNG, WebP, AVIF nor GIF."""


def clean_rendition_bytes(
    data: bytes,
    *,
    creator: str = "",
    credit: str = "",
    copyright_notice: str = "",
    digital_source_type: str = "",
) -> bytes:
    """Give the file of a rendition the metadata that may be published.

    Removes all EXIF, IPTC, XMP, comments, embedded previews and trailing data - position,
    serial numbers, the creator's address among them - and writes the given texts as EXIF
    (Artist, Copyright) and XMP. The pixels are not encoded again; color profile,
    transparency, animation and the EXIF orientation stay. Run twice, it changes nothing.

    Args:
        data: a whole JPEG, PNG, WebP, GIF or still AVIF file. GIF takes the XMP only.
        creator: who made it; plain text, as the other ones. Empty texts are not written.
        credit: the credit line.
        copyright_notice: the notice, with its sign and year.
        digital_source_type: IPTC address, kept so that a picture made by a machine says so.

    Raises:
        UnknownFormat: another format; the file may hold anything and must not be published
            as it is.
        DamagedPicture: the file breaks its format's rules, or is an AVIF sequence.
    """
    clean = _find_cleaner(data)
    texts = {
        name: " ".join(text.split())[:MAX_FIELD_LENGTH]
        for name, text in {
            "creator": creator,
            "credit": credit,
            "copyright_notice": copyright_notice,
            "digital_source_type": digital_source_type,
        }.items()
    }
    exif = _build_exif(
        orientation=_read_orientation(data),
        artist=texts["creator"],
        copyright_notice=texts["copyright_notice"],
    )
    properties = {_XMP_NAMES[name]: text for name, text in texts.items() if text}
    xmp = build_xmp(properties) if properties else b""
    try:
        return clean(data, exif=exif, xmp=xmp)
    except (IndexError, struct.error) as error:
        raise DamagedPicture("the file ends where it must not") from error


def strip_private_metadata(data: bytes) -> bytes:
    """Remove all metadata that showing the picture does not need; see above."""
    return clean_rendition_bytes(data)


class _Cleaner(Protocol):
    def __call__(self, data: bytes, /, *, exif: bytes, xmp: bytes) -> bytes: ...


def _find_cleaner(data: bytes) -> _Cleaner:
    if data.startswith(b"\xff\xd8\xff"):
        return clean_jpeg
    if data.startswith(PNG_HEAD):
        return clean_png
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return clean_webp
    if data[4:8] == b"ftyp" and b"avif" in data[8 : int.from_bytes(data[:4], "big")]:
        return clean_avif
    if data.startswith((b"GIF87a", b"GIF89a")):
        return clean_gif
    raise UnknownFormat("only JPEG, PNG, WebP, AVIF and GIF files can be cleaned")


def _read_orientation(data: bytes) -> int:
    """Read how the picture is to be turned; 1, not at all, when that cannot be read."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as image:
            warnings.simplefilter("ignore")
            # AVIF has a box of its own for it, which stays.
            value = 1 if image.format == "AVIF" else image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001 - Pillow's readers raise anything on damage
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _build_exif(*, orientation: int, artist: str, copyright_notice: str) -> bytes:
    """Build a TIFF block of up to three entries; empty when there is nothing to say.

    Texts are UTF-8, as every reader in use takes them; the standard knows ASCII only.
    Source: EXIF 3.0, section 4.6; TIFF 6.0, section 2.
    """
    entries: list[tuple[int, int, int, bytes]] = []
    if orientation != 1:
        value = struct.pack("<HH", orientation, 0)
        entries.append((ExifTags.Base.Orientation, _SHORT, 1, value))
    texts = {ExifTags.Base.Artist: artist, ExifTags.Base.Copyright: copyright_notice}
    for tag, text in texts.items():
        if text:
            value = text.encode(errors="replace") + b"\0"
            entries.append((tag, _ASCII, len(value), value))
    if not entries:
        return b""
    table, pool = b"", b""
    pool_at = 8 + 2 + 12 * len(entries) + 4
    for number, kind, count, value in sorted(entries):
        if len(value) > 4:
            place = struct.pack("<I", pool_at + len(pool))
            pool += value + b"\0" * (len(value) % 2)
        else:
            place = value.ljust(4, b"\0")
        table += struct.pack("<HHI", number, kind, count) + place
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return head + table + b"\0\0\0\0" + pool
