"""What a picture's file says of itself, written where the editor has written nothing."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from articles.media.metadata import PhotoMetadata, read_photo_metadata
from articles.text.excerpts import cut_at_word

if TYPE_CHECKING:
    from articles.media.models import NewsImage


def describe_from_file(image: NewsImage, *, data: bytes, language: str = "") -> PhotoMetadata:
    """Fill a picture's empty fields from its file; does not save. What is filled stays.

    A title that is only the file's name gives way to the headline that the photographer
    wrote. Texts that are longer than their field end at a word with an ellipsis.

    Args:
        image: the record, which need not be saved yet.
        data: the whole file; foreign.
        language: BCP 47 tag preferred where the file has a text in several languages.

    Returns:
        All that was read, also what has no field.
    """
    found = read_photo_metadata(data, language=language)
    name = PurePosixPath(image.file.name or "").stem
    headline = _fit(found.headline or found.title)
    if headline and image.title in {"", name, PurePosixPath(image.file.name or "").name}:
        image.title = headline
    image.description = image.description or _fit(found.alt_text)
    image.caption = image.caption or found.caption
    image.credit = image.credit or _fit(found.credit)
    image.creator = image.creator or _fit(found.creator)
    image.copyright_notice = image.copyright_notice or _fit(found.copyright_notice)
    image.usage_terms = image.usage_terms or found.usage_terms
    return found


def _fit(text: str) -> str:
    return cut_at_word(text, max_length=255)
