"""Which article stands where on the front page. Pure: ids in, ids out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.pages.article import ArticleKind
from articles.reading.cards import PORTRAIT
from articles.reading.facts import TREE_STEP
from articles.reading.rows import PageRow

LEAD_RELATED, TOP_CARDS, LATEST = 2, 3, 5
ABOVE = 1 + LEAD_RELATED + TOP_CARDS + LATEST
"""How many stand in the head of the page."""

IN_CONTAINER = 6
PICTURES_IN_FEATURE = 3
VOICES = 4
WITHOUT_REPEATS = 3
"""So many containers below the head repeat nothing of what stands in it."""

MAX_CONTAINERS = 12
FEATURE, OPINION = "feature", "opinion"
"""Layouts of components/container.html."""


@dataclass(frozen=True, slots=True)
class Container:
    """A band of one section."""

    section_id: int
    article_ids: tuple[int, ...]
    layout: str


@dataclass(frozen=True, slots=True)
class Front:
    """Article ids by place; `lead` holds at most one."""

    lead: tuple[int, ...] = ()
    lead_related: tuple[int, ...] = ()
    top: tuple[int, ...] = ()
    latest: tuple[int, ...] = ()
    containers: tuple[Container, ...] = ()
    slots: Mapping[int, str | None] = field(default_factory=dict)
    """The slot of the picture that each article shows; the headlines beside have none."""


def arrange(
    pinned: Sequence[int],
    *,
    newest: Sequence[int],
    by_section: Mapping[int, Sequence[int]],
    chosen: Mapping[int, Sequence[int]],
    rows: Mapping[int, PageRow],
) -> Front:
    """Put every article in its place: pins first, then the newest, none twice in the head.

    Args:
        pinned: in the editor's order.
        newest: of the whole site, in order.
        by_section: top section id to its newest articles, in the order of the menu.
        chosen: article id to what editors chose as related to it.
        rows: of all of them that readers may see; others get no place.
    """
    queue = [pk for pk in dict.fromkeys([*pinned, *newest]) if pk in rows]
    lead = tuple(queue[:1])
    shown = {*lead, *pinned}
    related = _take(_related_to(lead, chosen=chosen, by_section=by_section, rows=rows), shown)
    related = related[:LEAD_RELATED]
    top = _take(queue, {*lead, *related})[:TOP_CARDS]
    latest = _take(sorted_newest(queue, rows=rows), {*lead, *related, *top})[:LATEST]
    containers = _containers(by_section, rows=rows, above={*lead, *related, *top, *latest})
    slots: dict[int, str | None] = {}
    for container in containers:
        slots |= _container_slots(container)
    slots |= dict.fromkeys(top, "card") | dict.fromkeys(lead, "lead")
    return Front(lead, related, top, latest, containers, slots)


def layout_of(article_ids: Sequence[int], *, rows: Mapping[int, PageRow]) -> str:
    """Return a section's layout: voices where most of what is new there is opinion."""
    kinds = [rows[pk].kind for pk in article_ids if pk in rows]
    opinions = kinds.count(ArticleKind.OPINION)
    return OPINION if kinds and 2 * opinions > len(kinds) else FEATURE


def sorted_newest(article_ids: Iterable[int], *, rows: Mapping[int, PageRow]) -> list[int]:
    """Return ids by the moment of publication, the newest first."""
    return sorted(article_ids, key=lambda pk: (rows[pk].published_at, pk), reverse=True)


def _take(article_ids: Iterable[int], shown: set[int]) -> tuple[int, ...]:
    return tuple(pk for pk in article_ids if pk not in shown)


def _related_to(
    lead: Sequence[int],
    *,
    chosen: Mapping[int, Sequence[int]],
    by_section: Mapping[int, Sequence[int]],
    rows: Mapping[int, PageRow],
) -> list[int]:
    """Return what belongs to the lead: the editor's choice, then the newest beside it."""
    if not lead:
        return []
    found = [pk for pk in chosen.get(lead[0], ()) if pk in rows]
    parent = rows[lead[0]].path[:-TREE_STEP]
    beside = [
        pk
        for article_ids in by_section.values()
        for pk in article_ids
        if pk in rows and rows[pk].path[:-TREE_STEP] == parent
    ]
    return list(dict.fromkeys([*found, *beside]))


def _containers(
    by_section: Mapping[int, Sequence[int]], *, rows: Mapping[int, PageRow], above: set[int]
) -> tuple[Container, ...]:
    containers: list[Container] = []
    for section_id, article_ids in by_section.items():
        repeated = above if len(containers) < WITHOUT_REPEATS else set()
        kept = [pk for pk in _take(article_ids, repeated) if pk in rows]
        layout = layout_of(article_ids, rows=rows)
        if kept and len(containers) < MAX_CONTAINERS:
            size = VOICES if layout == OPINION else IN_CONTAINER
            containers.append(Container(section_id, tuple(kept[:size]), layout))
    return tuple(containers)


def _container_slots(container: Container) -> dict[int, str | None]:
    if container.layout == OPINION:
        return dict.fromkeys(container.article_ids, PORTRAIT)
    return dict.fromkeys(container.article_ids[:PICTURES_IN_FEATURE], "card")
