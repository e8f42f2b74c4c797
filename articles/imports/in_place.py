"""Imported pages changed in place by the stages after the writer.

The row and the content of its version are written together, and the reference index
with them, without a new version: the page does not count as edited here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, Revision

from articles.blocks.references import iter_references
from articles.imports.models import ImportedRecord
from articles.imports.writer.rows import Rows, Stored
from articles.media.models import NewsImage
from articles.pages.addresses import lock_pages
from articles.pages.article import ArticlePage
from articles.pages.static import StaticPage

Body = list[dict[str, Any]]
MODELS: dict[str, type[ArticlePage] | type[StaticPage]] = {
    "article": ArticlePage,
    "page": StaticPage,
}
_BODY = "body"


@dataclass(slots=True)
class Version:
    """A version of a page: the live row's (`content` is None) or a revision's.

    `lead_image` and `lead_source_url` are an article's; change them and `body` freely.
    """

    body: Body
    lead_image: int | None = None
    lead_source_url: str = ""
    revision_id: int = 0
    content: dict[str, Any] | None = field(default=None, repr=False)


@dataclass(slots=True)
class OpenPage:
    """An imported page, held until the transaction ends.

    Attributes:
        versions: what is to be changed alike: the row first, then its latest version and
            those that are live or will be.
        is_edited: whether someone has changed it here since the import wrote it.
    """

    record: ImportedRecord
    model: type[ArticlePage] | type[StaticPage]
    id: int
    live: bool
    versions: list[Version]
    is_edited: bool

    @property
    def row(self) -> Version:
        return self.versions[0]


def open_pages(records: Sequence[ImportedRecord]) -> list[OpenPage]:
    """Lock the pages of records and return them, in their order; deleted ones are left out.

    Call it inside a transaction. Six queries at most, however many records.
    """
    lock_pages(*(Page(pk=record.object_id) for record in records))
    rows = {
        kind: _load_rows(kind, [record.object_id for record in records if record.kind == kind])
        for kind in {record.kind for record in records}
    }
    standing = {page_id: row for loaded in rows.values() for page_id, row in loaded.items()}
    revisions = _load_revisions(standing)
    pages = []
    for record in records:
        row = rows[record.kind].get(record.object_id or 0)
        if row is None:
            continue
        own = Version(
            body=json.loads(row["raw_body"] or "[]"),
            lead_image=row.get("lead_image_id"),
            lead_source_url=row.get("lead_source_url", ""),
        )
        pages.append(
            OpenPage(
                record=record,
                model=MODELS[record.kind],
                id=row["pk"],
                live=row["live"],
                versions=[own, *revisions.get(row["pk"], ())],
                is_edited=row["latest_revision_id"] != record.revision_id,
            )
        )
    return pages


def save_pages(pages: Sequence[OpenPage]) -> None:
    """Write pages that were changed, in all their versions, with what they refer to.

    Call it in the transaction of `open_pages`. Four round trips and three queries at most.
    """
    rows = Rows()
    for model in {page.model for page in pages}:
        rows.update(model, [_row_values(page) for page in pages if page.model is model])
    rows.update(
        Revision,
        [
            {"pk": version.revision_id, "content": _changed_content(version)}
            for page in pages
            for version in page.versions[1:]
        ],
    )
    _update_references(pages, rows=rows)


def _load_rows(kind: str, ids: Sequence[int | None]) -> dict[int, dict[str, Any]]:
    model = MODELS[kind]
    names = ["pk", "live", "latest_revision_id", "live_revision_id", "raw_body"]
    if model is ArticlePage:
        names += ["lead_image_id", "lead_source_url"]
    # As text: a StreamField would make blocks of it first.
    found = model.objects.filter(pk__in=ids).annotate(raw_body=Cast(_BODY, TextField()))
    return {row["pk"]: row for row in found.order_by().values(*names)}


def _load_revisions(standing: dict[int, dict[str, Any]]) -> dict[int, list[Version]]:
    if not standing:
        return {}
    wanted = {row[name] for row in standing.values() for name in _REVISIONS} - {None}
    due = Q(approved_go_live_at__isnull=False, object_id__in=[str(pk) for pk in standing])
    found = Revision.page_revisions.filter(Q(pk__in=wanted) | due).order_by("pk")
    versions: dict[int, list[Version]] = {}
    for pk, object_id, content in found.values_list("pk", "object_id", "content"):
        version = Version(
            body=json.loads(content.get(_BODY) or "[]"),
            lead_image=content.get("lead_image"),
            lead_source_url=content.get("lead_source_url") or "",
            revision_id=pk,
            content=content,
        )
        versions.setdefault(int(object_id), []).append(version)
    return versions


_REVISIONS = ("latest_revision_id", "live_revision_id")


def _row_values(page: OpenPage) -> dict[str, Any]:
    version = page.row
    values: dict[str, Any] = {"pk": page.id, "body": Stored(_as_text(version.body))}
    if page.model is ArticlePage:
        values |= {
            "lead_image_id": version.lead_image,
            "lead_source_url": version.lead_source_url,
        }
    return values


def _changed_content(version: Version) -> dict[str, Any]:
    content = {**(version.content or {}), _BODY: _as_text(version.body)}
    if "lead_image" in content:
        content["lead_image"] = version.lead_image
        content["lead_source_url"] = version.lead_source_url
    return content


def _as_text(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False)


def _update_references(pages: Sequence[OpenPage], *, rows: Rows) -> None:
    """Bring the reference index in step with bodies and lead pictures.

    References of other fields stay: nothing here changes them.
    """
    page_type = ContentType.objects.get_for_model(Page).pk
    kept: dict[tuple[int, int, int, str], int] = {}
    found = ReferenceIndex.objects.filter(
        Q(content_path="lead_image") | Q(content_path__startswith=f"{_BODY}."),
        base_content_type_id=page_type,
        object_id__in=[str(page.id) for page in pages],
    )
    for pk, object_id, to_type, to_id, path in found.values_list(
        "pk", "object_id", "to_content_type_id", "to_object_id", "content_path"
    ):
        kept[int(object_id), to_type, int(to_id), path] = pk
    new = []
    for page in pages:
        for to_type, to_id, model_path, path in set(_references(page)):
            if kept.pop((page.id, to_type, to_id, path), None) is None:
                new.append(
                    _reference_row(
                        page.model, page.id, to=(to_type, to_id), model_path=model_path, path=path
                    )
                )
    if kept:
        ReferenceIndex.objects.filter(pk__in=kept.values()).delete()
    rows.insert(ReferenceIndex, new)


def _references(page: OpenPage) -> Iterator[tuple[int, int, str, str]]:
    if page.row.lead_image:
        image_type = ContentType.objects.get_for_model(NewsImage).pk
        yield image_type, page.row.lead_image, "lead_image", "lead_image"
    stream = page.model._meta.get_field(_BODY).stream_block
    for model, to_id, model_path, path in iter_references(stream, page.row.body):
        to_type = ReferenceIndex._get_base_content_type(model).pk
        yield to_type, int(to_id), f"{_BODY}.{model_path}", f"{_BODY}.{path}"


def add_references(objects: Sequence[Model], *, rows: Rows) -> None:
    """Write what new rows of Wagtail's models refer to, such as a picture's collection."""
    rows.insert(
        ReferenceIndex,
        [
            _reference_row(
                type(found), found.pk, to=(to_type, to_id), model_path=model_path, path=path
            )
            for found in objects
            for to_type, to_id, model_path, path in ReferenceIndex._extract_references_from_object(
                found
            )
        ],
    )


def _reference_row(
    model: type[Model], pk: int, *, to: tuple[int, Any], model_path: str, path: str
) -> dict[str, Any]:
    return {
        "content_type_id": ContentType.objects.get_for_model(model).pk,
        "base_content_type_id": ReferenceIndex._get_base_content_type(model).pk,
        "object_id": str(pk),
        "to_content_type_id": to[0],
        "to_object_id": str(to[1]),
        "model_path": model_path,
        "content_path": path,
        "content_path_hash": ReferenceIndex._get_content_path_hash(path),
    }


def in_batches(ids: Iterable[int], *, size: int) -> Iterator[list[int]]:
    """Yield so many ids at a time."""
    batch: list[int] = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
