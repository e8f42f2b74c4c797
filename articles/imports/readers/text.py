"""Plain-text articles: a saved page, a wire text, or a folder of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from articles.imports.items import ArticleItem, Byline, Dateline, Problem, Record, SourceInfo
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.looks import describe
from articles.imports.readers.text_pages import TextPage, iso_day, parse_page
from articles.text.safe_html import drop_controls
from articles.text.slugs import slugify

MAX_FILE_BYTES = 20 * 1024 * 1024
_ENDINGS = frozenset({".txt", ".text"})
_DATED_NAME = re.compile(r"^(\d{4}-\d\d-\d\d)[-_ ]?(.*)$")


class TextReader:
    """Reads one text file as one article, or every text file below a folder."""

    format = "text"

    def recognize(self, path: Path, *, head: bytes) -> int:
        if path.is_dir():
            return 40 if next(_files(path), None) else 0
        if not head.strip() or b"\0" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            return 0
        return 60 if path.suffix.lower() in _ENDINGS else 0

    def open(self, path: Path, *, options: ReadOptions) -> tuple[SourceInfo, Iterator[Record]]:
        """Check that every file is text, then read them in the order of their names."""
        root = path if path.is_dir() else path.parent
        count = 0
        for file in _files(path):
            _decode(file)
            count += 1
        if not count:
            raise UnusableSource("a folder without text files.", file=path.name)
        info = SourceInfo(
            format="text",
            base_url=options.base_url,
            timezone=options.timezone,
            item_count=count,
        )
        return info, (read_file(file, root=root) for file in _files(path))


def read_file(path: Path, *, root: Path) -> ArticleItem:
    """Read one text file as an article; its id is its path below `root`."""
    text, encoding = _decode(path)
    page = parse_page(text)
    external_id = path.relative_to(root).as_posix()
    dated = _DATED_NAME.match(path.stem)
    day = (
        page.day
        or (page.dateline.date if page.dateline else "")
        or (iso_day(dated[1]) if dated else "")
    )
    problems = list(page.problems)
    if encoding != "utf-8":
        problems.append(("encoding", f"The file is no UTF-8: it was read as {encoding}."))
    if page.published_at is None:
        problems.append(
            ("time_unknown", f"Only the day is known, {day}: midday of the site's time zone.")
            if day
            else ("no_date", "The text states no date: give one, or it stays without.")
        )
    return ArticleItem(
        external_id=external_id,
        title=page.title,
        slug=slugify(page.head.get("slug") or (dated[2] if dated else "")),
        status_stated=False,
        body=page.body_html,
        body_flavor="html",
        kicker=page.head.get("kicker", ""),
        standfirst=page.head.get("standfirst", ""),
        dateline=_dateline(page, day=day),
        bylines=tuple(Byline(name=name) for name in page.bylines),
        categories=(page.section_path,) if page.section_path else (),
        breadcrumb_text=page.breadcrumb,
        tags=tuple((slugify(tag), tag) for tag in page.tags),
        published_at=page.published_at,
        language=page.language,
        source_name=page.source_name,
        old_urls=(page.head["url"],) if page.head.get("url") else (),
        position=f"{external_id}, line 1",
        problems=[Problem(item=external_id, kind=kind, detail=detail) for kind, detail in problems],
    )


def _dateline(page: TextPage, *, day: str) -> Dateline | None:
    place = page.dateline.place if page.dateline else ""
    agency = page.dateline.agency if page.dateline else ""
    if not (place or agency or day):
        return None
    return Dateline(place=place, agency=agency, date=day)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    root = path.resolve()
    for file in sorted(path.rglob("*")):
        # A link that leads out of the folder is none of its files.
        named = file.suffix.lower() in _ENDINGS and file.is_file()
        if named and file.resolve().is_relative_to(root):
            yield file


def _decode(path: Path) -> tuple[str, str]:
    """Return the text of a file and its encoding. Raises `UnusableSource`."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnusableSource(
            f"larger than {MAX_FILE_BYTES // 2**20} MiB, which no article is.", file=path.name
        )
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = data.decode("utf-16", "replace"), "utf-16"
    elif b"\0" in data or data.startswith((b"PK\x03\x04", b"\x1f\x8b", b"%PDF")):
        raise UnusableSource(
            f"no text; it looks like {describe(data[:4096])}.",
            file=path.name,
            advice="Nothing was imported.",
        )
    else:
        try:
            text, encoding = data.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = data.decode("windows-1252", "replace"), "windows-1252"
    text = drop_controls(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))
    if not text.strip():
        raise UnusableSource("the file is empty.", file=path.name, advice="Nothing was imported.")
    return text, encoding
