"""The formats by name, and which of them a source is."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from articles.imports.items import Record, SourceInfo
from articles.imports.readers.base import Reader, ReadOptions, UnusableSource
from articles.imports.readers.looks import describe
from articles.imports.readers.text import TextReader
from articles.imports.readers.wxr import WxrReader
from articles.imports.readers.xml_prolog import refuse_declarations

READERS: dict[str, Reader] = {reader.format: reader for reader in (WxrReader(), TextReader())}
HEAD_BYTES = 64 * 1024


def open_source(
    source: str | Path | BinaryIO, *, options: ReadOptions, format: str | None = None
) -> tuple[SourceInfo, Iterator[Record]]:
    """Open a file, a folder, a stream or `-` (standard input).

    A stream is copied to disk first, since readers read twice; the copy goes when the
    records are exhausted or given up.

    Args:
        source: where the archive is.
        options: what the operator says of it.
        format: a name of `READERS`; recognized when None.

    Returns:
        What the source is, and its records, made lazily.

    Raises:
        UnusableSource: absent, damaged, or of no known format; nothing was handed on.
    """
    if source == "-":
        source = sys.stdin.buffer
    if not isinstance(source, str | Path):
        return _open_stream(source, options=options, format=format)
    path = Path(source)
    return _choose(path, format=format).open(path, options=options)


def recognize(path: Path) -> str:
    """Return the name of the format of a file or folder, or "" when none claims it."""
    head = read_head(path)
    scores = {name: reader.recognize(path, head=head) for name, reader in READERS.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else ""


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file, none of a folder. Raises `UnusableSource`."""
    if path.is_dir():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise UnusableSource(
            f"cannot be read ({error.strerror}).", file=str(path), advice="Check the path."
        ) from error


def _choose(path: Path, *, format: str | None) -> Reader:
    head = read_head(path)
    if format is not None and format not in READERS:
        raise UnusableSource(
            f"the format {format} is not known.", advice=f"Known are: {', '.join(READERS)}."
        )
    if format is None and head.lstrip().startswith(b"<"):
        refuse_declarations(head, file=path.name)
    name = format or recognize(path)
    if not name:
        raise UnusableSource(
            f"no known format; it looks like {describe(head, path=path)}.",
            file=path.name,
            advice=f"Read are: {', '.join(READERS)}. Nothing was imported.",
        )
    return READERS[name]


def _open_stream(
    stream: BinaryIO, *, options: ReadOptions, format: str | None
) -> tuple[SourceInfo, Iterator[Record]]:
    folder = tempfile.TemporaryDirectory(prefix="newsroom-import-")
    path = Path(folder.name) / "standard-input"
    try:
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, 1024 * 1024)
        info, records = _choose(path, format=format).open(path, options=options)
    except BaseException:
        folder.cleanup()
        raise
    return info, _until_done(records, folder)


def _until_done(
    records: Iterator[Record], folder: tempfile.TemporaryDirectory[str]
) -> Iterator[Record]:
    with folder:
        yield from records
