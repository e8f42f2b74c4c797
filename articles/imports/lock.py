"""One run of a source at a time, on one machine or on several."""

from __future__ import annotations

import fcntl
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.imports.readers.base import UnusableSource


class SourceLock:
    """Held while a source is imported; goes with the process, however it dies.

    PostgreSQL: an advisory lock of a session of its own. SQLite: a lock on a file.

    Raises:
        UnusableSource: another process imports this source.
    """

    def __init__(self, source: str, *, folder: Path) -> None:
        digest = sha256(source.encode("utf-8", "replace")).digest()
        self.source = source
        self._number = int.from_bytes(digest[:8], "big", signed=True)
        self._file = folder / f"{digest.hex()[:16]}.lock"
        self._handle: IO[bytes] | None = None
        self._session: BaseDatabaseWrapper | None = None

    def __enter__(self) -> SourceLock:
        taken = self._lock_session() if connection.vendor == "postgresql" else self._lock_file()
        if not taken:
            self.__exit__(None, None, None)
            raise UnusableSource(
                f"another import of “{self.source}” is running.",
                advice="Wait until it is done, or stop it.",
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        if self._session is not None:
            self._session.close()
            self._session = None

    def _lock_session(self) -> bool:
        self._session = connection.copy()
        # A pool would hand the locked session to whoever comes next.
        self._session.settings_dict["OPTIONS"].pop("pool", None)
        with self._session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self._number])
            return bool(cursor.fetchone()[0])

    def _lock_file(self) -> bool:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._handle = self._file.open("ab")
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
