"""The parts of a plain-text article: head, headline, dateline, paragraphs, furniture.

Rules, not guesses: what a rule does not decide stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape

from articles.imports.cleaner.datelines import read_dateline
from articles.imports.items import Dateline
from articles.text.excerpts import cut_at_word
from articles.text.folding import fold
from articles.text.slugs import slugify

_HEAD_LINE = re.compile(r"^(?P<key>[A-Za-z][A-Za-z _-]{1,20}):\s*(?P<value>.*)$")
_HEAD_KEYS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("date", "published", "published at"), "date"),
    **dict.fromkeys(("by", "author", "authors", "byline"), "by"),
    **dict.fromkeys(("section", "category", "categories"), "section"),
    **dict.fromkeys(("tags", "topics", "keywords"), "tags"),
    **dict.fromkeys(("url", "link", "canonical"), "url"),
    **dict.fromkeys(("standfirst", "summary", "description"), "standfirst"),
    **{"slug": "slug", "kicker": "kicker", "language": "language", "lang": "language"},
}
_WIRE_HEADER = re.compile(r"^\W{0,4}[a-z]{3}\d{4}\s+\d\s+[a-z]{1,3}\s+\d{1,5}\b")
_LABEL = re.compile(
    r"^(?:REFILE|RPT|REPEAT|UPDATE|URGENT|CORRECTION|\d?(?:ST|ND|RD|TH)? ?LEAD|\d(?:ST|ND|RD|TH)"
    r" LEAD|WRAP|ROUNDUP|FEATURE|EXTRA)\b[A-Z0-9 .:-]*$"
)
_BYLINE = re.compile(r"^By\s+(?P<names>\S.{1,80}?)\s*=?$")
_ALSO_READ = re.compile(r"^(?:also read|read also|read more)\s*[:–—-]\s*(\S.*)$", re.IGNORECASE)
_MARKED_HEADING = re.compile(r"^#{1,6}\s+(\S.*)$")
_LIST_LINE = re.compile(r"^\s*[-*•]\s+(\S.*)$")
_TRAIL_MARK = re.compile(r"\s*[›»>/|]\s*")
_FURNITURE = frozenset(
    {
        *("followus", "mostpopular", "mostread", "sharethis", "sharethisarticle", "relatedposts"),
        *("relatedarticles", "youmayalsolike", "leaveareply", "leaveacomment", "trendingnow"),
        *("subscribetoournewsletter", "advertisement", "popularposts", "recentposts", "notebook"),
    }
)
_SENTENCE_ENDS = tuple('.!?:;,…"”»)。！？')
MAX_TITLE = 160
MAX_HEADING = 80


@dataclass(slots=True)
class TextPage:
    """One article as the text states it; `body_html` is newsroom HTML."""

    title: str = ""
    head: dict[str, str] = field(default_factory=dict)
    breadcrumb: str = ""
    section_path: tuple[tuple[str, str], ...] = ()
    bylines: list[str] = field(default_factory=list)
    source_name: str = ""
    dateline: Dateline | None = None
    day: str = ""
    published_at: datetime | None = None
    tags: list[str] = field(default_factory=list)
    language: str = ""
    body_html: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)


def parse_page(text: str) -> TextPage:
    """Divide the text of one article into its parts; line feeds end lines."""
    page = TextPage()
    lines = _read_head(text.split("\n"), page=page)
    paragraphs = _read_wire_head(_paragraphs(lines), page=page)
    paragraphs = _read_headline(paragraphs, page=page)
    paragraphs = _cut_furniture(paragraphs)
    if paragraphs and (match := _BYLINE.match(paragraphs[0][0])) and len(paragraphs[0]) == 1:
        _take_byline(match["names"], page=page)
        paragraphs = paragraphs[1:]
    wrapped = _is_hard_wrapped(paragraphs)
    texts = [
        " ".join(lines) if wrapped and not _is_list(lines) else "\n".join(lines)
        for lines in paragraphs
    ]
    if texts and (found := read_dateline(texts[0])):
        page.dateline = found[0]
        texts[0] = texts[0][found[1] :]
    if not page.title and texts:
        page.title = cut_at_word(texts[0], max_length=70)
        page.problems.append(
            ("no_title", f"The text has no headline: “{page.title}” was made of its first words.")
        )
    page.body_html = "\n".join(_html(texts))
    page.language = page.head.get("language", "")
    return page


def iso_day(text: str) -> str:
    """Return an ISO day if a text is one that exists, else ""."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


def _read_head(lines: list[str], *, page: TextPage) -> list[str]:
    """Take `Title: …` lines, or those between two `---`, off the head."""
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    fenced = lines[start].strip() == "---"
    found: dict[str, str] = {}
    at = start + fenced
    while at < len(lines) and at < start + 40:
        match = _HEAD_LINE.match(lines[at].strip())
        key = _HEAD_KEYS.get(match["key"].strip().lower().replace("_", " ")) if match else None
        if fenced and lines[at].strip() == "---":
            at += 1
            break
        if match and key:
            found.setdefault(key, match["value"].strip().strip("\"'"))
        elif not fenced:
            break
        at += 1
    # One line alone, such as `By: …`, may be the text's own.
    if not found or not (fenced or "title" in found or "date" in found):
        return lines
    page.head = found
    page.title = found.get("title", "")
    if found.get("by"):
        page.bylines.append(found["by"].strip("[]"))
    page.tags = [tag.strip(" \"'") for tag in found.get("tags", "").strip("[]").split(",")]
    page.tags = [tag for tag in page.tags if tag]
    if found.get("section"):
        page.section_path = _section_path(found["section"])
    _take_date(found.get("date", ""), page=page)
    return lines[at:]


def _take_date(text: str, *, page: TextPage) -> None:
    if not text:
        return
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        page.problems.append(("unread_date", f"The date “{text[:40]}” is not understood."))
        return
    if moment.tzinfo is None:
        page.day = moment.date().isoformat()
    else:
        page.published_at = moment.astimezone(UTC)


def _section_path(text: str) -> tuple[tuple[str, str], ...]:
    names = [name for name in _TRAIL_MARK.split(text.strip()) if name]
    return tuple((slugify(name), name) for name in names if name.casefold() != "home")


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip("\u00a0 \t"):
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _read_wire_head(paragraphs: list[list[str]], *, page: TextPage) -> list[list[str]]:
    """Take an agency's head off: number line, slug line, labels, headline, `By … =`."""
    if not paragraphs or not _WIRE_HEADER.match(paragraphs[0][0]) or len(paragraphs) < 3:
        return paragraphs
    lines = paragraphs[0][1:] or paragraphs[1]
    rest = paragraphs[1:] if paragraphs[0][1:] else paragraphs[2:]
    for line in lines:
        if match := _BYLINE.match(line.strip()):
            _take_byline(match["names"], page=page)
        elif line.rstrip().endswith("/") or _LABEL.match(line.strip()):
            continue
        else:
            page.title = f"{page.title} {line.strip()}".strip()
    return rest


def _take_byline(names: str, *, page: TextPage) -> None:
    """`Tom Krasovic, The San Diego Union-Tribune` is a person and a source."""
    name, _, source = names.partition(", ")
    if source[:1].isupper() and "," not in source and " and " not in source:
        page.source_name = source
        names = name
    page.bylines.append(names.strip())


def _read_headline(paragraphs: list[list[str]], *, page: TextPage) -> list[list[str]]:
    if not paragraphs:
        return paragraphs
    first = paragraphs[0][0].strip()
    second = paragraphs[1][0].strip() if len(paragraphs) > 1 else ""
    alone = len(paragraphs[0]) == 1
    if alone and len(second) > 7 and first != second and first.endswith(second):
        # The breadcrumb runs together with the headline, which the next line repeats.
        trail = " ".join(first.removesuffix(second).split())
        page.breadcrumb = re.sub(r"^Home\s*[›»>/|]?\s*(?=\S)", "", trail)
        if _TRAIL_MARK.search(page.breadcrumb) and not page.section_path:
            page.section_path = _section_path(page.breadcrumb)
        page.title = page.title or second
        return _without_repeats(paragraphs[1:], title=second)
    if page.title:
        return _without_repeats(paragraphs, title=page.title)
    heading = _MARKED_HEADING.match(first)
    if heading:
        first = heading[1]
    fits = len(first) <= MAX_TITLE and not first.endswith((".", "。", ":", ",", ";"))
    if alone and len(paragraphs) > 1 and fits and not _ALSO_READ.match(first):
        page.title = first
        return _without_repeats(paragraphs[1:], title=first)
    return paragraphs


def _without_repeats(paragraphs: list[list[str]], *, title: str) -> list[list[str]]:
    while paragraphs and len(paragraphs[0]) == 1 and fold(paragraphs[0][0]) == fold(title):
        paragraphs = paragraphs[1:]
    return paragraphs


def _cut_furniture(paragraphs: list[list[str]]) -> list[list[str]]:
    """Cut what follows the text: *Follow us*, *Most Popular*, an agency's notebook."""
    for place, lines in enumerate(paragraphs):
        line = lines[0].strip("# \t")
        if place and len(line) < 40 and fold(line) in _FURNITURE:
            return paragraphs[:place]
        if place and re.fullmatch(r"\*( ?\*){3,}", lines[0].strip()):
            return paragraphs[:place]
    return paragraphs


def _is_hard_wrapped(paragraphs: list[list[str]]) -> bool:
    """Tell whether lines break for width: no long ones, and most but the last are full."""
    inner = [len(line) for lines in paragraphs for line in lines[:-1]]
    longest = max((len(line) for lines in paragraphs for line in lines), default=0)
    full = sum(50 <= length <= 85 for length in inner)
    return bool(inner) and longest <= 90 and full > len(inner) / 2


def _is_list(lines: list[str]) -> bool:
    return len(lines) > 1 and all(_LIST_LINE.match(line) for line in lines)


def _html(texts: list[str]) -> list[str]:
    found = []
    for place, text in enumerate(texts):
        lines = text.split("\n")
        if match := _ALSO_READ.match(text):
            found.append(f'<p class="also-read">Also Read: {_escape(match[1])}</p>')
        elif match := _MARKED_HEADING.match(text):
            found.append(f"<h2>{_escape(match[1])}</h2>")
        elif _is_list(lines):
            points = [match[1] for match in map(_LIST_LINE.match, lines) if match]
            found.append(
                "<ul>" + "".join(f"<li>{_escape(point)}</li>" for point in points) + "</ul>"
            )
        elif 0 < place < len(texts) - 1 and _is_heading(text, following=texts[place + 1]):
            found.append(f"<h2>{_escape(text)}</h2>")
        elif len(lines) > 1 and len(text) > 400:
            found.extend(f"<p>{_escape(line)}</p>" for line in lines)
        else:
            found.append("<p>" + "<br>".join(_escape(line) for line in lines) + "</p>")
    return found


def _is_heading(text: str, *, following: str) -> bool:
    """A short line without a final stop, before a paragraph that is longer."""
    return (
        "\n" not in text
        and len(text) <= MAX_HEADING
        and len(text.split()) <= 10
        and not text.endswith(_SENTENCE_ENDS)
        and not text.startswith(("-", "–", "—", "•", '"', "“", "«"))
        and len(following) > max(len(text), 60)
        and not _ALSO_READ.match(following)
    )


def _escape(text: str) -> str:
    return escape(text.strip(), quote=False)
