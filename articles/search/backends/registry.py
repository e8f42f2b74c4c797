"""Which backend serves the database in use."""

from __future__ import annotations

from django.db import connection

from articles.search.backends.base import SearchBackend
from articles.search.backends.postgresql import PostgreSQLBackend
from articles.search.backends.sqlite import SQLiteBackend

BACKENDS: dict[str, type[SearchBackend]] = {
    "postgresql": PostgreSQLBackend,
    "sqlite": SQLiteBackend,
}


def get_backend() -> SearchBackend:
    """Return the backend of the default database; settings allow no third vendor."""
    return BACKENDS[connection.vendor]()
