"""Slugs: the part of an address that names a page, in any script."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

MAX_LENGTH = 255
_NOT_WORD = re.compile(r"[^\w\s.-]|_(?=_)", re.UNICODE)
_GAP = re.compile(r"[\s.-]+")


def decode_slug(slug: str) -> str:
    """Return a slug with its percent-encoding decoded; `%D8` and `%d8` are one."""
    return unicodedata.normalize("NFC", unquote(slug.strip())) if "%" in slug else slug.strip()


def slugify(text: str, *, max_length: int = MAX_LENGTH) -> str:
    """Return a slug of a title: lower case, letters of all scripts, hyphens; may be empty.

    Cut at a hyphen when it is longer than `max_length` characters.
    """
    plain = unicodedata.normalize("NFKC", decode_slug(text)).casefold()
    slug = _GAP.sub("-", _NOT_WORD.sub("", plain)).strip("-_")
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rpartition("-")[0]
    return (cut or slug[:max_length])[:max_length].strip("-_")
