"""Sections that items need and that are not there yet: made before the items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wagtail.models import Page

from articles.imports.items import CategoryItem
from articles.imports.report import Report
from articles.imports.writer.drafts import Moments, PageDraft
from articles.imports.writer.pages import write_pages
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.imports.writer.sections import Section, Sections
from articles.imports.writer.tree import Place, Slugs, WantedSlug, load_places
from articles.pages.addresses import lock_pages
from articles.pages.category import CategoryPage


class SectionGoneError(Exception):
    """A section was deleted while the import ran: the same command goes on without it."""


def hold_places(ids: Iterable[int], *, rows: Rows, planned: dict[int, Place]) -> dict[int, Place]:
    """Lock parents, and return them with what their next children need. Two queries.

    `planned` are parents that a dry run has only thought of.

    Raises:
        SectionGoneError: one of them is no more.
    """
    wanted = set(ids)
    stored = sorted(wanted - planned.keys())
    if not rows.is_dry:
        lock_pages(*(Page(pk=pk) for pk in stored))
    places = load_places(stored) | {pk: planned[pk] for pk in wanted & planned.keys()}
    if wanted - places.keys():
        raise SectionGoneError(
            "A section was deleted while the import ran: run the same command again."
        )
    return places


def plan_place(draft: PageDraft, *, parent: Place) -> Place:
    """Return the place of a page that a dry run only thinks of."""
    return Place(id=draft.id, path=f"?{draft.id}", depth=parent.depth + 1, url_path=draft.url_path)


def make_sections(
    sections: Sections,
    *,
    items: Sequence[CategoryItem],
    slugs: Slugs,
    rows: Rows,
    entries: SearchEntries,
    planned: dict[int, Place],
    report: Report,
    at: datetime,
) -> None:
    """Make the missing sections, parents before children; call it inside a transaction.

    The tree learns their ids and slugs, `planned` the places of those that a dry run does
    not write. The batch's `items` give descriptions. They are published `at` a moment.
    """
    said = {sections.find(item.path): item.description for item in items if item.description}
    for level in sections.take_missing():
        places = hold_places(
            {section.parent.id for section in level if section.parent}, rows=rows, planned=planned
        )
        drafts = [_draft(section, description=said.get(section, ""), at=at) for section in level]
        wanted = [
            WantedSlug(
                parent_id=draft.parent_id,
                slug=draft.slug,
                title=draft.title,
                identity=section.slug_path(),
            )
            for draft, section in zip(drafts, level, strict=True)
        ]
        for draft, slug in zip(drafts, slugs.choose(wanted, places=places), strict=True):
            draft.slug = slug
        write_pages(drafts, places=places, rows=rows, entries=entries, at=at)
        for section, draft in zip(level, drafts, strict=True):
            if section.slug and section.slug != draft.slug:
                detail = (
                    f"“{section.title}” got the address {draft.slug}: "
                    f"{section.slug} is taken or belongs to the site."
                )
                report.tell("", "section_slug", detail)
            section.id, section.slug = draft.id, draft.slug
            if rows.is_dry:
                planned[draft.id] = plan_place(draft, parent=places[draft.parent_id])
        report.count_created("categories", len(level))


def _draft(section: Section, *, description: str, at: datetime) -> PageDraft:
    parent = section.parent
    return PageDraft(
        model=CategoryPage,
        parent_id=parent.id if parent else 0,
        slug=section.slug,
        title=section.title,
        status="published",
        moments=Moments(version_at=at, published_at=at),
        fields={"description": description[:300]},
    )
