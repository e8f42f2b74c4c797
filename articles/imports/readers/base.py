"""What a reader is, what it is told, and how it refuses a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from articles.imports.items import Record, SourceInfo


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the operator says of a source.

    `timezone` (IANA name or `+02:00`) is for times without a zone; it wins over the
    zone that the source's own times show. `base_url` wins over the source's address.
    `now` is the moment of the run: dates after it are looked at with suspicion.
    """

    now: datetime
    timezone: str = ""
    base_url: str = ""


class UnusableSource(Exception):
    """A source that cannot be read as a whole; nothing of it has been handed on."""

    def __init__(
        self,
        reason: str,
        *,
        file: str = "",
        line: int | None = None,
        column: int | None = None,
        byte_offset: int | None = None,
        after: str = "",
        advice: str = "",
    ) -> None:
        self.reason = reason
        self.file = file
        self.line = line
        self.column = column
        self.byte_offset = byte_offset
        self.after = after
        self.advice = advice
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        places = [self.file] if self.file else []
        if self.line is not None:
            places.append(f"line {self.line}")
        if self.column is not None:
            places.append(f"column {self.column}")
        if self.byte_offset is not None:
            places.append(f"byte {self.byte_offset}")
        parts = [f"{', '.join(places)}: {self.reason}" if places else self.reason]
        if self.after:
            parts.append(f"The item before it is {self.after}.")
        if self.advice:
            parts.append(self.advice)
        return " ".join(parts)


class Reader(Protocol):
    """One format. Readers are stateless: one object serves many sources."""

    format: str

    def recognize(self, path: Path, *, head: bytes) -> int:
        """Say how sure it is that a file or folder is of this format: 0 (no) to 100.

        `head` holds the first 64 KiB of a file, nothing of a folder.
        """
        ...

    def open(self, path: Path, *, options: ReadOptions) -> tuple[SourceInfo, Iterator[Record]]:
        """Read the whole source once, strictly; return what it is, and its records.

        The records are made lazily, one at a time. Raises `UnusableSource`.
        """
        ...
