"""Plans get their places: parents held, addresses chosen, rows written."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.models import Page

from articles.imports.writer.articles import Plan
from articles.imports.writer.classes import Classes
from articles.imports.writer.making import hold_places, plan_place
from articles.imports.writer.means import Means
from articles.imports.writer.pages import write_pages
from articles.imports.writer.tree import WantedSlug, plain_slug
from articles.imports.writer.updates import carry_over, stated_status, update_pages
from articles.pages.article import ArticlePage
from articles.pages.static import StaticPage


def place_and_write(plans: Sequence[Plan], *, found: Classes, means: Means) -> None:
    """Write new pages, and changed ones in their places; ids are filled in, all is counted."""
    if not plans:
        return
    changed = [plan for plan in plans if plan.key in found.records]
    new = [plan for plan in plans if plan.key not in found.records]
    for plan in new:
        if plan.draft.model is StaticPage:
            plan.draft.parent_id = _parent_of(plan, found=found, home_id=means.sections.root.id)
    parents = _parents_of_changed(changed, found=found)
    wanted = {*(plan.draft.parent_id for plan in new), *parents.values()}
    places = hold_places(wanted, rows=means.rows, planned=means.planned)
    wants = [
        WantedSlug(
            parent_id=plan.draft.parent_id,
            slug=plan.item.slug,
            title=plan.draft.title,
            identity=plan.item.external_id,
        )
        for plan in new
    ]
    for plan, want, slug in zip(new, wants, means.slugs.choose(wants, places=places), strict=True):
        plan.draft.slug = slug
        if slug != plain_slug(want):
            plan.tell("address", f"Its address became {slug}: another page has {want.slug}.")
    _set_sections(new)
    drafts = [plan.draft for plan in new]
    at = means.run.started_at
    write_pages(drafts, places=places, rows=means.rows, entries=means.entries, at=at)
    if means.rows.is_dry:
        for draft in drafts:
            if draft.model is StaticPage:
                means.planned[draft.id] = plan_place(draft, parent=places[draft.parent_id])
    _update(changed, parents=parents, found=found, means=means)
    _count(new, changed, means=means)


def _parent_of(plan: Plan, *, found: Classes, home_id: int) -> int:
    parent_id = plan.item.parent_id
    if not parent_id:
        return home_id
    if parent_id not in found.parents:
        plan.tell("page_parent", "The page above it is not in the source: it stands below home.")
        return home_id
    return found.parents[parent_id]


def _parents_of_changed(changed: Sequence[Plan], *, found: Classes) -> dict[str, int]:
    """Return the parents that pages have here, by tree path. One query."""
    paths = {found.standing[plan.key].parent_path for plan in changed}
    if not paths:
        return {}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))


def _set_sections(plans: Sequence[Plan]) -> None:
    for plan in plans:
        if plan.draft.model is ArticlePage:
            plan.draft.fields["section_id"] = plan.draft.parent_id


def _update(
    changed: Sequence[Plan], *, parents: dict[str, int], found: Classes, means: Means
) -> None:
    opened = []
    for plan in changed:
        draft, record = plan.draft, found.records[plan.key]
        standing = found.standing[plan.key]
        draft.id = standing.id
        stated = draft.parent_id
        draft.parent_id = parents[standing.parent_path]
        if draft.model is ArticlePage and stated != draft.parent_id:
            draft.further = [stated, *draft.further]
            plan.tell("moved_at_source", "Its section changed at the source: move it by hand.")
        draft.further = [pk for pk in dict.fromkeys(draft.further) if pk != draft.parent_id]
        lead = plan.data["lead_url"]
        carry_over(draft, standing=standing, record=record, lead=lead)
        was_private = stated_status(record) == "private"
        draft.is_newly_private = draft.status == "private" and not was_private
        if was_private and draft.status != "private":
            opened.append(draft.id)
    _set_sections(changed)
    update_pages(
        [plan.draft for plan in changed],
        opened=opened,
        rows=means.rows,
        entries=means.entries,
        at=means.run.started_at,
    )


def _count(new: Sequence[Plan], changed: Sequence[Plan], *, means: Means) -> None:
    report = means.report
    report.count_item("created", len(new))
    report.count_item("updated", len(changed))
    articles = sum(plan.draft.model is ArticlePage for plan in new)
    report.count_created("articles", articles)
    report.count_created("pages", len(new) - articles)
