"""Rows into tables in bulk: COPY on PostgreSQL, prepared statements on SQLite.

Django has no bulk insert for pages, whose rows lie in two tables. Values are Python's,
as a model's fields hold them; fields that are not given get their default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from django.db import connection, models

Row = Mapping[str, Any]
"""Values by `attname`."""


_PLAIN = (
    *(models.CharField, models.TextField, models.IntegerField, models.BooleanField),
    *(models.ForeignKey, models.FloatField),
)
"""Fields whose values both databases take as Python has them."""


class Stored(str):
    """A text that is stored as it is, past its field's preparation (JSON made before)."""

    __slots__ = ()


class Rows:
    """Writes to the database. Every call but `reserve` belongs into a transaction."""

    is_dry = False

    def __init__(self) -> None:
        self._reserved: dict[str, int] = {}

    def begin(self) -> None:
        """Forget ids that were reserved; call at the beginning of each transaction."""
        self._reserved.clear()

    def reserve(self, model: type[models.Model], number: int) -> list[int]:
        """Return ids for rows that will be inserted in this transaction. One query."""
        if not number:
            return []
        table, column = model._meta.db_table, str(model._meta.pk.column)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                    [table, column, number],
                )
                return [row[0] for row in cursor.fetchall()]
            # One writer at a time, and an explicit id moves the counter.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
        first = max(row[0] if row else 0, self._reserved.get(table, 0)) + 1
        self._reserved[table] = first + number - 1
        return list(range(first, first + number))

    def insert(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        """Insert rows; all of them have the same keys. One statement."""
        rows = list(rows)
        if not rows:
            return
        given = set(rows[0])
        fields = [
            field
            for field in model._meta.local_concrete_fields
            if field.attname in given or not _is_serial(field)
        ]
        columns = [_Column(field) for field in fields]
        values = ([column.of(row) for column in columns] for row in rows)
        self._write(model, fields, values)

    def update(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        """Update rows by their `pk`; all of them have the same keys. One round trip."""
        rows = list(rows)
        if not rows:
            return
        names = [name for name in rows[0] if name != "pk"]
        fields = [_field(model, name) for name in names]
        columns = [_Column(field) for field in fields]
        assignments = ", ".join(f"{_quote(field.column)} = %s" for field in fields)
        statement = (
            f"UPDATE {_quote(model._meta.db_table)} SET {assignments}"  # noqa: S608 - our names
            f" WHERE {_quote(model._meta.pk.column)} = %s"
        )
        parameters = [[*(column.of(row) for column in columns), row["pk"]] for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(statement, parameters)

    def _write(
        self,
        model: type[models.Model],
        fields: Sequence[models.Field[Any, Any]],
        values: Iterable[list[Any]],
    ) -> None:
        table = _quote(model._meta.db_table)
        columns = ", ".join(_quote(field.column) for field in fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
                return
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - our names
                list(values),
            )


class NoRows(Rows):
    """Writes nothing: a dry run. Ids that it gives are negative."""

    is_dry = True

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(-1, -1)

    def reserve(self, model: type[models.Model], number: int) -> list[int]:
        return [next(self._numbers) for _ in range(number)]

    def insert(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        pass

    def update(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        pass


class _Column:
    """One field of the rows of an insert: where its values come from, and their preparation."""

    __slots__ = ("_as_it_is", "_field", "_name")

    def __init__(self, field: models.Field[Any, Any]) -> None:
        self._field = field
        self._name = field.attname
        # Most values need none; to ask the field for each of them took half a second a thousand.
        self._as_it_is = isinstance(field, _PLAIN) or (
            connection.vendor == "postgresql" and isinstance(field, models.DateTimeField)
        )

    def of(self, row: Row) -> Any:
        value = row[self._name] if self._name in row else self._field.get_default()
        if value is None or self._as_it_is:
            return value
        if isinstance(value, Stored):
            return str(value)
        return self._field.get_db_prep_save(value, connection)


def _is_serial(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any]:
    return next(field for field in model._meta.local_concrete_fields if field.attname == attname)


def _quote(name: Any) -> str:
    return connection.ops.quote_name(str(name))
