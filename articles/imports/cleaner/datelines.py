"""Datelines: `GENEVA (AP) — `, `Beijing, 9 March 2024 (TDI):` at the head of a body.

Lifted only when there is no doubt: a dateline wrongly cut out is a sentence destroyed.
"""

from __future__ import annotations

import re
from datetime import date

from articles.imports.items import Dateline
from articles.text.folding import fold
from articles.text.html import plain_text

MAX_LENGTH = 80

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY}))"
    r"(?:,?\s+(?P<year>\d{4}))?$"
)
_HEAD = re.compile(
    r"^\s*(?P<place>[^()\d:–—]{2,60}?)"
    rf"(?:,?\s+(?P<date>{_DAY}\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+{_DAY}(?:,?\s+\d{{4}})?))?"
    r"(?:,?\s*\((?P<agency>[^()]{2,40})\))?"
    r"\s*(?P<mark>:|—|–|--|-(?=\s))\s*"
)
_PART = re.compile(r"[^\W\d_][\w.'’\- ]{0,39}")
_SMALL_WORDS = frozenset(
    {
        *("of", "the", "and", "de", "la", "le", "les", "du", "del", "da", "do", "dos", "di"),
        *("el", "al", "en", "sur", "am", "im", "bei"),
    }
)
_BYLINE_WORDS = frozenset({"By", "Von", "Par"})
_TAG_OR_CHARACTER = re.compile(r"<[^<>]*>|&[#\w]{1,30};|.", re.DOTALL)
_EMPTIED = re.compile(r"<(b|i|code|sup|sub|s)>\s*</\1>")


def read_dateline(text: str) -> tuple[Dateline, int] | None:
    """Return the dateline that opens a plain text and its length, or None.

    Without a date and an agency only a place wholly in capitals is taken for one.
    """
    match = _HEAD.match(text[: MAX_LENGTH + 20])
    if match is None or match.end() > MAX_LENGTH or match.end() >= len(text):
        return None
    place = match["place"].strip().rstrip(",")
    agency = (match["agency"] or "").strip()
    if not _is_place(place):
        return None
    if not agency and not match["date"]:
        letters = [char for char in place.partition(",")[0] if char.isalpha()]
        if match["mark"] == ":" or len(letters) < 3 or not all(char.isupper() for char in letters):
            return None
    elif not agency and match["mark"] == "-":
        return None
    return Dateline(place=place, agency=agency, date=_iso_day(match["date"] or "")), match.end()


def lift_dateline(html: str, *, known: Dateline | None) -> tuple[str, Dateline, str] | None:
    """Take the dateline off a paragraph's head.

    Args:
        html: rich text of one paragraph, `<p>…</p>`.
        known: what the source's own fields say; they win, and the text completes them.

    Returns:
        The rest of the paragraph, the dateline, and the text that was taken off.
    """
    text = plain_text(html[:2000])
    found = read_dateline(text)
    if found is None:
        return None
    dateline, length = found
    if known:
        same = fold(known.place.partition(",")[0]) == fold(dateline.place.partition(",")[0])
        dateline = Dateline(
            place=known.place or dateline.place,
            agency=known.agency or dateline.agency,
            date=known.date or (dateline.date if same else ""),
        )
    taken = text[:length]
    rest = _cut_head(html, wanted=len("".join(taken.split())))
    return rest, dateline, taken


def _is_place(place: str) -> bool:
    parts = [part.strip() for part in re.split(r"[,/]", place)]
    if not 1 <= len(parts) <= 3:
        return False
    for part in parts:
        words = part.split()
        # `By Tester Harare (AP)`: a byline on the line above, run together with the place.
        if words and words[0] in _BYLINE_WORDS:
            return False
        if not _PART.fullmatch(part) or len(words) > 4 or not part[0].isupper():
            return False
        if any(not word[0].isupper() and word.lower() not in _SMALL_WORDS for word in words):
            return False
    return True


def _iso_day(text: str) -> str:
    match = _DATE.search(text.strip())
    if match is None or not match["year"]:
        return ""
    name = (match["m1"] or match["m2"]).lower().rstrip(".")[:3]
    month = next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name))
    day = int(re.sub(r"\D", "", match["d1"] or match["d2"]))
    try:
        return date(int(match["year"]), month, day).isoformat()
    except ValueError:
        return ""


def _cut_head(html: str, *, wanted: int) -> str:
    """Drop the first characters that are no blanks, and keep the tags among them."""
    kept: list[str] = []
    position = 0
    while wanted > 0 and (match := _TAG_OR_CHARACTER.match(html, position)):
        position = match.end()
        piece = match[0]
        if piece.startswith("<"):
            kept.append("" if piece == "<br>" else piece)
        elif piece != "&nbsp;" and not piece.isspace():
            wanted -= 1
    rest = "".join(kept) + html[position:]
    for _ in range(3):
        rest = _EMPTIED.sub("", rest)
    return re.sub(r"^(<p>(?:<[bi]>)?)(?:\s|&nbsp;|<br>)+", r"\1", rest)
