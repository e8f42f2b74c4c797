"""New pages of any of our types: their two rows, version, relations, index and log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Locale, Page, PageLogEntry, PageViewRestriction, Revision

from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.references import write_references
from articles.imports.writer.relations import Relations, write_relations
from articles.imports.writer.rows import Row, Rows, Stored
from articles.imports.writer.search_entries import SearchEntries
from articles.imports.writer.tree import Place, add_children

_names: dict[type[Page], dict[str, str]] = {}
_blanks: dict[type[Page], dict[str, Any]] = {}


def write_pages(
    drafts: Sequence[PageDraft],
    *,
    places: dict[int, Place],
    rows: Rows,
    entries: SearchEntries,
    at: datetime,
) -> None:
    """Write new pages below parents whose rows are held; ids are filled in.

    What is left is what `add_child`, `save_revision` and `publish` would leave, but for
    the times, which are the source's. About twenty queries, however many pages.

    Args:
        drafts: pages, each with a slug that is free.
        places: the parents, by id; they learn of their new children.
        rows: the database, or nothing.
        entries: the index of the desk's search.
        at: moment of the log's entries.
    """
    if not drafts:
        return
    page_ids = rows.reserve(Page, len(drafts))
    revision_ids = rows.reserve(Revision, len(drafts))
    for draft, page_id, revision_id in zip(drafts, page_ids, revision_ids, strict=True):
        draft.id, draft.revision_id = page_id, revision_id
    relations = write_relations(drafts, rows=rows)
    locale_id = Locale.get_default().pk
    page_rows = [
        _page_row(draft, place=places[draft.parent_id], locale_id=locale_id) for draft in drafts
    ]
    rows.insert(Page, page_rows)
    for model, group in groupby(sorted(drafts, key=_type_name), key=lambda draft: draft.model):
        name = model._meta.pk.attname
        rows.insert(model, [{name: draft.id, **draft.fields} for draft in group])
    rows.insert(
        Revision,
        [
            revision_row(draft, page_row=page_row, relations=relations)
            for draft, page_row in zip(drafts, page_rows, strict=True)
        ],
    )
    add_children(places.values(), rows=rows)
    write_references(drafts, relations=relations, rows=rows)
    entries.write(drafts, rows=rows)
    restrict(drafts, rows=rows, at=at)
    rows.insert(PageLogEntry, [row for draft in drafts for row in _log_rows(draft, at=at)])


def restrict(drafts: Sequence[PageDraft], *, rows: Rows, at: datetime) -> None:
    """Put private pages behind a sign-in, so that publishing one by mistake does not open it."""
    private = [draft for draft in drafts if draft.status == "private"]
    kind = PageViewRestriction.LOGIN
    rows.insert(
        PageViewRestriction,
        [{"page_id": draft.id, "restriction_type": kind} for draft in private],
    )
    title = str(dict(PageViewRestriction.RESTRICTION_CHOICES)[kind])
    data = {"restriction": {"type": kind, "title": title}}
    rows.insert(
        PageLogEntry,
        [log_row(draft, "wagtail.view_restriction.create", at=at, data=data) for draft in private],
    )


def _page_row(draft: PageDraft, *, place: Place, locale_id: int) -> dict[str, Any]:
    path = place.next_path()
    draft.url_path = f"{place.url_path}{draft.slug}/"
    return {
        "id": draft.id,
        "path": path,
        "depth": place.depth + 1,
        "numchild": 0,
        "translation_key": uuid4(),
        "locale_id": locale_id,
        "content_type_id": content_type_id(draft.model),
        "slug": draft.slug,
        "url_path": draft.url_path,
        **state_values(draft),
    }


def state_values(draft: PageDraft) -> dict[str, Any]:
    """Return the values of Wagtail's table that say what the latest version is and shows."""
    moments = draft.moments
    is_out = draft.status == "published"
    return {
        "title": draft.title,
        "draft_title": draft.title,
        "live": draft.is_live,
        "has_unpublished_changes": not draft.is_live,
        # Private or behind a password, it was out there too: its moment stays its own.
        "first_published_at": moments.published_at,
        "last_published_at": (moments.updated_at or moments.published_at) if is_out else None,
        "go_live_at": draft.approved_at,
        "expire_at": moments.expire_at,
        "expired": is_out and draft.is_expired,
        "latest_revision_created_at": moments.version_at,
        "latest_revision_id": draft.revision_id,
        "live_revision_id": draft.revision_id if draft.is_live else None,
        "seo_title": "",
        "search_description": "",
        **draft.page_fields,
    }


def revision_row(
    draft: PageDraft, *, page_row: dict[str, Any], relations: Relations
) -> dict[str, Any]:
    """Return a version's row: the page as `save_revision` finds it, before it is published."""
    content = {**_blank_content(draft.model), **_as_content(draft, page_row=page_row)}
    content |= relations.contents(draft)
    return {
        "id": draft.revision_id,
        "content_type_id": content_type_id(draft.model),
        "base_content_type_id": content_type_id(Page),
        "object_id": str(draft.id),
        "created_at": draft.moments.version_at,
        "object_str": draft.title,
        "content": Stored(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)),
        "approved_go_live_at": draft.approved_at,
    }


def log_row(
    draft: PageDraft, action: str, *, at: datetime, with_version: bool = False, data: Any = None
) -> Row:
    """Return an entry of a page's history; all of them have the same keys."""
    return {
        "content_type_id": content_type_id(draft.model),
        "page_id": draft.id,
        "label": draft.title,
        "action": action,
        "timestamp": at,
        "content_changed": action != "wagtail.view_restriction.create",
        "revision_id": draft.revision_id if with_version else None,
        "data": data or {},
    }


def release_log_rows(draft: PageDraft, *, at: datetime) -> list[Row]:
    """Return what publishing or scheduling a version leaves in the log."""
    if draft.is_live:
        return [log_row(draft, "wagtail.publish", at=at, with_version=True)]
    if draft.approved_at is None:
        return []
    data = {
        "revision": {
            "id": draft.revision_id,
            "created": draft.moments.version_at,
            "go_live_at": draft.approved_at,
            "has_live_version": False,
        }
    }
    return [log_row(draft, "wagtail.publish.schedule", at=at, with_version=True, data=data)]


def _log_rows(draft: PageDraft, *, at: datetime) -> list[Row]:
    return [log_row(draft, "wagtail.create", at=at), *release_log_rows(draft, at=at)]


def _as_content(draft: PageDraft, *, page_row: dict[str, Any]) -> dict[str, Any]:
    """Name values as a version does: by field, keys as numbers, not yet published."""
    names = _content_names(draft.model)
    content = {
        names[attname]: str(value) if isinstance(value, Stored) else value
        for attname, value in (*page_row.items(), *draft.fields.items())
        if attname in names
    }
    return content | {
        "pk": draft.id,
        "translation_key": str(page_row["translation_key"]),
        "live": False,
        "has_unpublished_changes": False,
        "last_published_at": None,
        "latest_revision": None,
        "latest_revision_created_at": None,
        "live_revision": None,
        "expired": False,
    }


def _content_names(model: type[Page]) -> dict[str, str]:
    """Return how a version names the columns of a page's two tables."""
    if model not in _names:
        _names[model] = {
            field.attname: field.name
            for field in model._meta.concrete_fields
            if field.serialize and not field.primary_key
        }
    return _names[model]


def _blank_content(model: type[Page]) -> dict[str, Any]:
    """Return what a version of an empty page holds."""
    if model not in _blanks:
        _blanks[model] = model().serializable_data()
    return _blanks[model]


def content_type_id(model: type[Page]) -> int:
    """Return the id under which Wagtail files a type; Django keeps it in memory."""
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk


def _type_name(draft: PageDraft) -> str:
    return draft.model.__name__
