"""XML from strangers: no entities, nothing fetched, no tree that grows.

A document type declaration that declares anything is refused before the parser sees
it; a bare one is ignored. The parser itself expands and loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from articles.imports.readers.base import UnusableSource
from articles.imports.readers.xml_prolog import refuse_declarations

CHUNK_BYTES = 256 * 1024
PROLOG_BYTES = 1024 * 1024
MAX_PART_BYTES = 20 * 1024 * 1024
"""Most bytes between two parts (items, authors, terms) of a file."""


def iter_elements(path: Path, *, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield each finished element of the given names, in file order.

    The caller may read an element and what stands before it until it takes the next.
    Memory holds one chunk of the file, or one part if that is larger.

    Raises:
        UnusableSource: not well-formed, or a part above `MAX_PART_BYTES`.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=list(tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    waiting = 0
    with path.open("rb") as file:
        refuse_declarations(file.read(PROLOG_BYTES), file=path.name, is_strict=True)
        file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            waiting += len(chunk)
            _parse(parser, chunk, path=path)
            for element in _finished(parser):
                _refuse_internal_subset(element, file=path.name)
                is_part = _is_part(element)
                yield element
                waiting = 0 if is_part else waiting
            if waiting > MAX_PART_BYTES:
                raise UnusableSource(
                    f"one part of the file is larger than {MAX_PART_BYTES // 2**20} MiB.",
                    file=path.name,
                    byte_offset=file.tell() - waiting,
                    advice="Nothing was imported.",
                )
        _parse(parser, None, path=path)
        yield from _finished(parser)


def _is_part(element: etree._Element) -> bool:
    """Tell whether an element stands directly in the channel: root, channel, part."""
    channel = element.getparent()
    root = channel.getparent() if channel is not None else None
    return root is not None and root.getparent() is None


def _finished(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _parse(parser: etree.XMLPullParser, chunk: bytes | None, *, path: Path) -> None:
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, path=path) from error


def _not_well_formed(error: etree.XMLSyntaxError, *, path: Path) -> UnusableSource:
    line, column = error.lineno or 1, error.offset or 1
    reason = re.sub(r",? line \d+, column \d+.*$", "", (error.msg or "").strip())
    return UnusableSource(
        f"not well-formed XML: {reason or 'the file ends too early'}.",
        file=path.name,
        line=line,
        column=column,
        byte_offset=_offset_of(path, line=line) + column - 1,
        advice="Nothing was imported. Export again, or correct the file at this place.",
    )


def _offset_of(path: Path, *, line: int) -> int:
    """Return the offset of the first byte of a line."""
    offset = 0
    with path.open("rb") as file:
        for _ in range(line - 1):
            read = len(file.readline(MAX_PART_BYTES))
            if not read:
                break
            offset += read
    return offset


def _refuse_internal_subset(element: etree._Element, *, file: str) -> None:
    """Refuse what the look at the head did not see, such as a rare encoding."""
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and list(dtd.iterentities()):  # type: ignore[attr-defined]  # stubs lack it
        raise UnusableSource(
            "the file declares its own entities, a known attack.",
            file=file,
            advice="Nothing was imported.",
        )
