"""All rows of the database, for comparisons of whole runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

Rows = dict[str, list[dict[str, Any]]]

_LEFT_OUT = (
    "django_migrations",
    "django_session",
    "sqlite_",
    "wagtailsearch_indexentry_fts_",
    # The public index is written after commits, by the search room: its tests see to it.
    "articles_searchentry",
    "articles_searchwords",
)


def read_tables(*, leave_out: Iterable[str] = ()) -> Rows:
    """Return the rows of all tables, as the database holds them, in the order of their keys."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(_LEFT_OUT) or table in set(leave_out):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[table] = sorted(rows, key=lambda row: str(row.get("id", row)))
    return found


def added_rows(before: Rows, after: Rows) -> Rows:
    """Return the rows that are in the second reading only."""
    return {
        table: new
        for table, rows in after.items()
        if (new := [row for row in rows if row not in before.get(table, [])])
    }
