"""The journal of views: one short record appended per view, summed later.

Every process appends to a file of its own (`<id>.views`). The roll-up closes a
file under an exclusive lock by renaming it (`<id>.closed`); a writer takes a
shared lock for each record and starts a new file when its own has been closed.
So no record is written to a file that is being counted, whatever dies when.

This module imports neither Django nor Wagtail.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RECORD = struct.Struct("<QIHxx")
"""Article id, epoch seconds (UTC), referrer group, padding: 16 bytes."""

HOUR_SECONDS = 3600


class JournalDamagedError(Exception):
    """A journal holds something that is no record; it is left where it is."""


@dataclass(frozen=True, slots=True)
class View:
    """One counted view."""

    article_id: int
    at: int
    referrer_group: int = 0


class JournalWriter:
    """Appends views to this process's journal; safe across forks and threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._fd = -1
        self._path = Path()
        self._pid = 0

    def append(self, view: View) -> None:
        """Write one record.

        Raises:
            OSError: it could not be written whole (a full disk, say); nothing is
                counted then.
        """
        record = RECORD.pack(view.article_id, view.at, view.referrer_group)
        with self._lock:
            while True:
                fd = self._open()
                fcntl.flock(fd, fcntl.LOCK_SH)
                try:
                    if not self._path.exists():
                        self._fd = -1
                        continue
                    self._write(fd, record)
                    return
                finally:
                    fcntl.flock(fd, fcntl.LOCK_UN)
                    if self._fd == -1:
                        os.close(fd)

    def _open(self) -> int:
        if self._fd == -1 or self._pid != os.getpid():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path = self.folder / f"{uuid.uuid4()}.views"
            self._fd = os.open(
                self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640
            )
            self._pid = os.getpid()
        return self._fd

    def _write(self, fd: int, record: bytes) -> None:
        size = os.fstat(fd).st_size
        written = os.write(fd, record)
        if written != len(record):
            os.ftruncate(fd, size)
            raise OSError("The journal of views could not be written; is the disk full?")


def close_journals(folder: Path) -> list[Path]:
    """Close every open journal that holds something; return all closed ones, oldest first."""
    for path in sorted(folder.glob("*.views")):
        with path.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if path.exists() and os.fstat(handle.fileno()).st_size:
                path.rename(path.with_suffix(".closed"))
    return sorted(folder.glob("*.closed"), key=lambda path: path.stat().st_mtime_ns)


def journal_id(path: Path) -> uuid.UUID:
    """Return the id by which a journal is known to have been counted.

    Raises:
        JournalDamagedError: the file's name is not one of ours.
    """
    try:
        return uuid.UUID(path.stem)
    except ValueError as error:
        raise JournalDamagedError(f"{path.name} is no journal of views: move it away.") from error


def read_views(path: Path) -> Iterator[View]:
    """Yield a closed journal's views.

    A record that was cut off at the end (the machine lost power while writing it)
    was never acknowledged, and is left out.
    """
    data = path.read_bytes()
    whole = len(data) - len(data) % RECORD.size
    for fields in RECORD.iter_unpack(data[:whole]):
        yield View(*fields)


def sum_by_hour(views: Iterator[View]) -> Counter[tuple[int, int]]:
    """Return views by (article id, epoch second at which the hour begins)."""
    sums: Counter[tuple[int, int]] = Counter()
    for view in views:
        sums[view.article_id, view.at - view.at % HOUR_SECONDS] += 1
    return sums
