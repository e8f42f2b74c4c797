"""The dateline: place, day and agency, run in before the first words of the text."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

ENGLISH_DAY = "j F Y"
"""9 March 2024; Django's own format for English is the American one."""


def format_dateline(*, place: str, day: date | None, agency: str, language: str) -> str:
    """Return `Beijing, 9 March 2024 (TDI):` as plain text; "" without a place.

    Args:
        place: where it was reported from.
        day: of the dateline or of publication, in the site's zone; None leaves it out.
        agency: code in brackets; "" leaves them out.
        language: BCP 47 tag of the text, which decides how a day is written.
    """
    if not place:
        return ""
    text = f"{place}, {format_day(day, language=language)}" if day else place
    return f"{text} ({agency}):" if agency else f"{text}:"


def format_day(day: date, *, language: str) -> str:
    """Return a day as it is written in a language; an unknown one writes as the site does."""
    with translation.override(_known(language)):
        is_english = (translation.get_language() or "en").startswith("en")
        return date_format(day, ENGLISH_DAY if is_english else "DATE_FORMAT")


def dateline_html(text: str) -> SafeString:
    """Return a dateline as it stands in the text, with the blank that follows it."""
    return format_html('<b class="dateline"><bdi>{}</bdi></b> ', text)


def _known(language: str) -> str:
    for tag in (language, language.partition("-")[0]):
        if translation.check_for_language(tag):
            return tag
    return translation.get_language() or "en"
