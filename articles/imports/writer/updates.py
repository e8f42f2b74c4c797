"""Pages whose source changed and that nobody edited here: written again in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from articles.imports.models import ImportedRecord
from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.pages import (
    log_row,
    release_log_rows,
    restrict,
    revision_row,
    state_values,
)
from articles.imports.writer.references import remove_references, write_references
from articles.imports.writer.relations import remove_relations, write_relations
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.pages.article import ArticlePage
from articles.related.models import RelatedLink

_OF_ARTICLES = tuple(
    f"articlepage__{name}"
    for name in ("withdrawn_at", "materially_updated_at", "lead_image_id", "lead_source_url")
)
_KEPT = (
    *("id", "path", "depth", "numchild", "translation_key", "locale_id", "content_type_id"),
    *("slug", "url_path", "owner_id", "locked", "show_in_menus"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page of an earlier run stands here now."""

    id: int
    parent_path: str
    latest_revision_id: int | None
    live: bool
    withdrawn: bool
    updated_at: datetime | None
    lead_image_id: int | None
    lead_source_url: str | None

    def was_edited(self, record: ImportedRecord) -> bool:
        """Tell whether someone changed it here: its text, or whether it is out.

        That the worker released a scheduled one is no edit.
        """
        status = stated_status(record)
        if record.revision_id != self.latest_revision_id or self.withdrawn:
            return True
        if status == "published":
            return not self.live
        return self.live and status != "scheduled"


def stated_status(record: ImportedRecord) -> str:
    """Return the status that an earlier run gave a page."""
    return str(record.data.get("stated", {}).get("status", ""))


def carry_over(draft: PageDraft, *, standing: Standing, record: ImportedRecord, lead: str) -> None:
    """Keep what is newer here than at the source: a correction's time, a lead picture's file."""
    if draft.model is not ArticlePage:
        return
    fields = draft.fields
    stated = fields["materially_updated_at"]
    if standing.updated_at and (stated is None or stated < standing.updated_at):
        fields["materially_updated_at"] = standing.updated_at
    same_lead = standing.lead_image_id is not None and record.data.get("lead_url") == lead
    fields["lead_image_id"] = standing.lead_image_id if same_lead else None
    if same_lead:
        fields["lead_source_url"] = standing.lead_source_url or ""


def find_standing(ids: Iterable[int]) -> dict[int, Standing]:
    """Return how pages stand; those that were deleted here are left out. One query."""
    found = Page.objects.filter(pk__in=list(ids)).order_by()
    standing = {}
    for row in found.values("pk", "path", "latest_revision_id", "live", *_OF_ARTICLES):
        withdrawn_at, updated_at, lead_image_id, lead_source_url = (row[n] for n in _OF_ARTICLES)
        standing[row["pk"]] = Standing(
            id=row["pk"],
            parent_path=row["path"][: -Page.steplen],
            latest_revision_id=row["latest_revision_id"],
            live=row["live"],
            withdrawn=withdrawn_at is not None,
            updated_at=updated_at,
            lead_image_id=lead_image_id,
            lead_source_url=lead_source_url,
        )
    return standing


def update_pages(
    drafts: Sequence[PageDraft],
    *,
    opened: Iterable[int],
    rows: Rows,
    entries: SearchEntries,
    at: datetime,
) -> None:
    """Write pages again under their ids and addresses, each with a new version.

    The caller holds their parents; `opened` are ids of those that were private and are
    no more. About twenty queries, however many pages.
    """
    if not drafts:
        return
    ids = [draft.id for draft in drafts]
    kept = {row["id"]: row for row in Page.objects.filter(pk__in=ids).values(*_KEPT)}
    for draft, revision_id in zip(drafts, rows.reserve(Revision, len(drafts)), strict=True):
        draft.revision_id = revision_id
        draft.slug = kept[draft.id]["slug"]
    if not rows.is_dry:
        _clear(ids, opened=list(opened))
    relations = write_relations(drafts, rows=rows)
    page_rows = [{**kept[draft.id], **state_values(draft)} for draft in drafts]
    rows.insert(
        Revision,
        [
            revision_row(draft, page_row=page_row, relations=relations)
            for draft, page_row in zip(drafts, page_rows, strict=True)
        ],
    )
    rows.update(Page, [{"pk": draft.id, **state_values(draft)} for draft in drafts])
    for model in {draft.model for draft in drafts}:
        group = [draft for draft in drafts if draft.model is model]
        rows.update(model, [{"pk": draft.id, **draft.fields} for draft in group])
    write_references(drafts, relations=relations, rows=rows)
    entries.write(drafts, rows=rows)
    restrict([draft for draft in drafts if draft.is_newly_private], rows=rows, at=at)
    rows.insert(PageLogEntry, [row for draft in drafts for row in _log_rows(draft, at=at)])


def _clear(ids: Sequence[int], *, opened: Sequence[int]) -> None:
    """Take away what will be written anew. Seven queries."""
    remove_relations(ids)
    remove_references(ids)
    # Nobody edited these, so the links are the source's: its stage makes them again.
    RelatedLink.objects.filter(article__in=ids).delete()
    PageViewRestriction.objects.filter(page__in=opened).delete()
    Revision.page_revisions.filter(
        object_id__in=list(map(str, ids)), approved_go_live_at__isnull=False
    ).update(approved_go_live_at=None)


def _log_rows(draft: PageDraft, *, at: datetime) -> list[Any]:
    edited = log_row(draft, "wagtail.edit", at=at, with_version=True)
    return [edited, *release_log_rows(draft, at=at)]
