"""One worker at a time runs the periodic jobs, on one machine or on several."""

from __future__ import annotations

import fcntl
import logging
from pathlib import Path
from typing import IO

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

ADVISORY_LOCK = 0x6E657773
"""Key of PostgreSQL's advisory lock: the letters "news"."""


class Leadership:
    """Held by the process that runs the periodic jobs.

    PostgreSQL: a session's advisory lock, which goes with its connection; that one
    is kept apart from the pool, which would hand the lock to whoever comes next.
    SQLite: a lock on a file, which goes with the process.
    """

    def __init__(self, *, lock_file: Path) -> None:
        self.lock_file = lock_file
        self._handle: IO[bytes] | None = None
        self._session: BaseDatabaseWrapper | None = None

    def is_held(self) -> bool:
        """Tell whether this process leads, taking the lock when it is free; never waits."""
        if connection.vendor == "postgresql":
            return self._is_held_in_postgresql()
        return self._is_held_by_file()

    def release(self) -> None:
        """Let another process lead."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        if self._session is not None:
            self._session.close()
            self._session = None

    def _is_held_in_postgresql(self) -> bool:
        try:
            if self._session is not None:
                with self._session.cursor() as cursor:
                    cursor.execute("SELECT 1")
                return True
            session = connection.copy()
            session.settings_dict["OPTIONS"].pop("pool", None)
            with session.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
                held = bool(cursor.fetchone()[0])
        except DatabaseError:
            logger.warning("The database does not answer; no jobs until it does.")
            self.release()
            return False
        if held:
            self._session = session
        else:
            session.close()
        return held

    def _is_held_by_file(self) -> bool:
        if self._handle is None:
            self.lock_file.parent.mkdir(parents=True, exist_ok=True)
            self._handle = self.lock_file.open("ab")
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
