"""The operator's maps: sections, authors and views by CSV, and proposals for the first two."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.imports.readers.base import UnusableSource

SECTION_HEAD = ("old path", "new path")
AUTHOR_HEAD = ("old id", "name")
_SLASH = re.compile(r"(?<!\\)/")


def split_path(text: str) -> tuple[str, ...]:
    r"""Return the titles of a path such as `Technology/Artificial intelligence`.

    A slash within a title is written `\/`.
    """
    parts = (part.replace("\\/", "/").strip() for part in _SLASH.split(text))
    return tuple(part for part in parts if part)


def join_path(titles: Iterable[str]) -> str:
    """Return titles as one path, as `split_path` reads it."""
    return "/".join(title.replace("/", "\\/") for title in titles)


def read_map(path: Path | None, *, head: tuple[str, str]) -> dict[str, str]:
    """Read a map of two columns; an empty one without a file, or while there is none yet.

    Raises:
        UnusableSource: the file is no such CSV; names the line.
    """
    found: dict[str, str] = {}
    if path is None or not path.exists():
        return found
    for line, row in _read_rows(path):
        if tuple(cell.strip().lower() for cell in row[:2]) == head or not any(row):
            continue
        if len(row) < 2:
            raise UnusableSource(
                f"has no second column: it has {head[0]} and {head[1]}.",
                file=path.name,
                line=line,
                advice="Mend the line, or let a dry run write a new file.",
            )
        found[row[0].strip()] = row[1].strip()
    return found


def write_map(path: Path, *, head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> None:
    """Write a proposal that an operator edits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def _read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnusableSource(
            f"cannot be read as CSV ({error}).", file=str(path), advice="Write it as UTF-8 CSV."
        ) from error


def read_views_rows(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (external id or address, views) of a CSV file; a head is passed over.

    Raises:
        UnusableSource: a line has no whole number in its second column.
    """
    for line, row in _read_rows(path):
        if not any(row):
            continue
        number = row[1].strip() if len(row) > 1 else ""
        if number.isascii() and number.isdigit() and len(number) < 16:
            yield row[0].strip(), int(number)
        elif line > 1:
            raise UnusableSource(
                f"“{number[:20]}” is no whole number of views.",
                file=path.name,
                line=line,
                advice="The columns are: external id or URL, views.",
            )
