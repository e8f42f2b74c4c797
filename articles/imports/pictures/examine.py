"""What a file is, by its content, and whether it may come in."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Literal

from articles.imports.pictures.sources import NotHad
from articles.media.originals import Original, TooManyPixels, UnreadablePicture, read_size

MAX_PIXELS = 50_000_000
_HEAD_BYTES = 4096
_CHUNK_BYTES = 1024 * 1024
_DECODED_SIDE = 64
"""Pixels a side that a picture is decoded to, to see that it is whole."""

_PICTURES = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_FILES = ((b"%PDF-", "pdf"), (b"ID3", "mp3"), (b"OggS", "ogg"))
_ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_TEXTS = frozenset({"csv", "txt"})


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may come in. `width` and `height` are a picture's, as it is seen."""

    model: Literal["image", "document"]
    extension: str
    digest: str
    """SHA-1 in hexadecimal, as Wagtail keeps it."""
    size: int
    width: int = 0
    height: int = 0


def examine(file: IO[bytes], *, name: str, pictures: set[str], documents: set[str]) -> Examined:
    """Tell what a file is. A picture is decoded once, to see that nothing is missing.

    Args:
        file: seekable; read from its start to its end.
        name: its name at the source, which decides between kinds of text only.
        pictures: extensions of pictures that are allowed.
        documents: extensions of other files that are allowed.

    Raises:
        NotHad: it may not come in, or is damaged.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if picture := _picture_extension(head):
        if picture not in pictures:
            raise NotHad("refused", f"{picture.upper()} pictures are not shown: convert it to JPEG")
        return _examine_picture(file, extension=picture)
    known = _file_extension(file, head, named=extension)
    if known and known in documents:
        digest, size = _measure(file)
        return Examined("document", known, digest, size)
    raise _no_file(head, known=known)


def _examine_picture(file: IO[bytes], *, extension: str) -> Examined:
    file.seek(0)
    try:
        width, height = read_size(file)
        if width * height > MAX_PIXELS:
            pixels = f"{width * height:,}"
            raise NotHad("refused", f"it has {pixels} pixels, the limit is {MAX_PIXELS:,}")
        file.seek(0)
        Original(file.read()).decode(_DECODED_SIDE)
    except TooManyPixels as error:
        raise NotHad("refused", f"it has far more than {MAX_PIXELS:,} pixels") from error
    except UnreadablePicture as error:
        raise NotHad("failed", str(error)) from error
    digest, size = _measure(file)
    return Examined("image", extension, digest, size, width, height)


def _measure(file: IO[bytes]) -> tuple[str, int]:
    file.seek(0)
    digest, size = hashlib.sha1(usedforsecurity=False), 0
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


def _picture_extension(head: bytes) -> str:
    for start, extension in _PICTURES:
        if head.startswith(start):
            return extension
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        brands = head[8 : max(16, min(int.from_bytes(head[:4], "big"), 128))]
        if b"avif" in brands or b"avis" in brands:
            return "avif"
        if b"heic" in brands or b"heix" in brands or b"mif1" in brands:
            return "heic"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    return "bmp" if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" else ""


def _file_extension(file: IO[bytes], head: bytes, *, named: str) -> str:
    for start, extension in _FILES:
        if head.startswith(start):
            return extension
    if head[4:8] == b"ftyp":
        return {b"M4A ": "m4a", b"qt  ": "mov"}.get(head[8:12], "mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if (
        len(head) > 1
        and head[0] == 0xFF
        and head[1] & 0xE6 in {0xE2, 0xE4, 0xE6}
        and named == "mp3"
    ):
        return "mp3"
    if head.startswith(b"PK\x03\x04"):
        return _zipped_extension(file)
    is_text = b"\0" not in head and not head.lstrip().startswith(b"<")
    return named if named in _TEXTS and head and is_text else ""


def _zipped_extension(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return "zip"
    # A macro is no part of a text.
    if any(name.endswith("vbaProject.bin") for name in names):
        return "zip"
    return next((ending for ending, part in _ZIPPED.items() if part in names), "zip")


def _no_file(head: bytes, *, known: str) -> NotHad:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return NotHad("failed", "the file is empty")
    if b"<svg" in start[:1000]:
        return NotHad("refused", "SVG drawings may hold programs: convert it to PNG")
    if start.startswith((b"<!doctype html", b"<html")):
        return NotHad("failed", "a web page came instead of the file")
    kind = f"{known} files are" if known else "files of this kind are"
    return NotHad("refused", f"{kind} not taken in")
