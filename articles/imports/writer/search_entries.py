"""Entries of Wagtail's own search index, for the desk: titles, standfirsts, names.

Wagtail's back ends make them one object at a time, and refresh an average over the whole
table after each call. Here a batch takes one statement, and the average is carried on.
Its two database back ends are known; any other one is given the objects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import cast

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Count, Sum
from django.db.models.functions import Length
from modelsearch.backends.database.postgres.weights import get_weight
from wagtail.search.backends import get_search_backend
from wagtail.search.index import AutocompleteField, Indexed, SearchField
from wagtail.search.models import IndexEntry

from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.rows import Rows

_UPSERT = """
    ON CONFLICT (content_type_id, object_id) DO UPDATE SET title = excluded.title,
    title_norm = excluded.title_norm, autocomplete = excluded.autocomplete, body = excluded.body
"""
_POSTGRESQL = """
    WITH given AS (
        SELECT object_id, {title} AS title, {autocomplete} AS autocomplete, {body} AS body,
               {title_text} AS title_text, {body_text} AS body_text
        FROM unnest({arrays}) AS texts (object_id, {names})
    ), lengths AS (
        SELECT coalesce(sum(length(title)), 0) + %s AS total,
               count(*) FILTER (WHERE length(title) > 0) + %s AS number FROM given
    )
    INSERT INTO wagtailsearch_indexentry
        (content_type_id, object_id, title, autocomplete, body, title_text, body_text, title_norm)
    SELECT %s, object_id, title, autocomplete, body, title_text, body_text,
           CASE WHEN length(title) > 0 THEN total::float / number / length(title) ELSE 1.0 END
    FROM given, lengths
    {upsert}, title_text = excluded.title_text, body_text = excluded.body_text
    RETURNING length(title)
"""
_SQLITE = """
    INSERT INTO wagtailsearch_indexentry
        (content_type_id, object_id, title, autocomplete, body, title_norm)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
Values = Callable[[str], str]
"""Gives the text of an object's field by its name."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """Names of the indexed fields, with PostgreSQL's weights: titles, others, completed."""

    title: tuple[tuple[str, str], ...]
    body: tuple[tuple[str, str], ...]
    autocomplete: tuple[tuple[str, str], ...]


class SearchEntries:
    """Writes entries; remembers the average length of titles, which weighs short ones up."""

    def __init__(self) -> None:
        self._backend = get_search_backend()
        self._length = 0
        self._number = 0
        titled = IndexEntry.objects.annotate(length=Length("title")).filter(length__gt=0)
        found = titled.aggregate(total=Sum("length"), number=Count("pk"))
        self._length, self._number = found["total"] or 0, found["number"]

    def write(self, drafts: Sequence[PageDraft], *, rows: Rows) -> None:
        """Write the entries of pages. One query a page type."""
        for model, group in groupby(
            sorted(drafts, key=lambda draft: draft.model.__name__), key=lambda draft: draft.model
        ):
            self._write(model, {draft.id: _of_draft(draft) for draft in group}, rows=rows)

    def write_objects(self, objects: Sequence[models.Model], *, rows: Rows) -> None:
        """Write the entries of saved objects of one model. One query."""
        if objects:
            model = type(objects[0])
            self._write(model, {found.pk: _of_object(found) for found in objects}, rows=rows)

    def _write(self, model: type[models.Model], texts: dict[int, Values], *, rows: Rows) -> None:
        if rows.is_dry or not texts:
            return
        vendor = connection.vendor
        known = {"postgresql": "PostgresSearchBackend", "sqlite": "SQLiteSearchBackend"}
        if not any(base.__name__ == known[vendor] for base in type(self._backend).__mro__):
            self._backend.add_bulk(model, list(model._default_manager.filter(pk__in=texts)))
        elif vendor == "postgresql":
            self._write_postgresql(model, texts)
        else:
            self._write_sqlite(model, texts)

    def _write_postgresql(self, model: type[models.Model], texts: dict[int, Values]) -> None:
        fields = _fields(model)
        names = list(dict.fromkeys(name for name, _ in (*fields.title, *fields.body)))
        columns = {name: f"t{place}" for place, name in enumerate(names)}
        config, completing = self._backend.config, self._backend.autocomplete_config
        statement = _POSTGRESQL.format(
            title=_vector(fields.title, columns=columns, config=config),
            body=_vector(fields.body, columns=columns, config=config),
            autocomplete=_vector(fields.autocomplete, columns=columns, config=completing),
            title_text=_joined(fields.title, columns=columns),
            body_text=_joined(fields.body, columns=columns),
            arrays=", ".join(["%s::text[]"] * (len(columns) + 1)),
            names=", ".join(columns.values()),
            upsert=_UPSERT,
        )
        given = [[values(name).strip() for values in texts.values()] for name in names]
        ids = [str(pk) for pk in texts]
        with connection.cursor() as cursor:
            cursor.execute(statement, [ids, *given, self._length, self._number, _type_id(model)])
            lengths = [row[0] for row in cursor.fetchall()]
        self._length += sum(lengths)
        self._number += sum(length > 0 for length in lengths)

    def _write_sqlite(self, model: type[models.Model], texts: dict[int, Values]) -> None:
        fields = _fields(model)
        entries = []
        for pk, values in texts.items():
            title, autocomplete, body = (
                " ".join(values(name) for name, _ in part)
                for part in (fields.title, fields.autocomplete, fields.body)
            )
            entries.append((pk, title, autocomplete, body))
            self._length += len(title)
            self._number += bool(title)
        average = self._length / self._number if self._number else 1.0
        type_id = _type_id(model)
        with connection.cursor() as cursor:
            cursor.executemany(
                _SQLITE + _UPSERT,
                [
                    (type_id, str(pk), title, autocomplete, body, average / (len(title) or average))
                    for pk, title, autocomplete, body in entries
                ],
            )


@cache
def _fields(model: type[models.Model]) -> _Fields:
    declared = cast(type[Indexed], model).get_search_fields()
    searched = [
        # Only PostgreSQL weighs; elsewhere its weights are not even known.
        (field.field_name, get_weight(field.boost) if connection.vendor == "postgresql" else "")
        for field in declared
        if isinstance(field, SearchField)
    ]
    completed = [
        (field.field_name, "D") for field in declared if isinstance(field, AutocompleteField)
    ]
    return _Fields(
        title=tuple(field for field in searched if field[0] == "title"),
        body=tuple(field for field in searched if field[0] != "title"),
        autocomplete=tuple(completed),
    )


def _vector(
    fields: tuple[tuple[str, str], ...], *, columns: dict[str, str], config: str | None
) -> str:
    start = f"to_tsvector('{config}', " if config else "to_tsvector("
    parts = [f"setweight({start}{columns[name]}), '{weight}')" for name, weight in fields]
    return " || ".join(parts) or "''::tsvector"


def _joined(fields: tuple[tuple[str, str], ...], *, columns: dict[str, str]) -> str:
    if not fields:
        return "''"
    filled = ", ".join(f"nullif({columns[name]}, '')" for name, _ in fields)
    return f"concat_ws(' ', {filled})"


def _of_draft(draft: PageDraft) -> Values:
    return lambda name: draft.title if name == "title" else str(draft.fields.get(name, ""))


def _of_object(found: models.Model) -> Values:
    return lambda name: str(getattr(found, name))


def _type_id(model: type[models.Model]) -> int:
    return ContentType.objects.get_for_model(model).pk
