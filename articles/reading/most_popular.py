"""The box of what others read, of the whole site or of one section."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from articles.popularity.queries import list_most_popular_by_window
from articles.reading.facts import SiteFacts
from articles.reading.records import Card

DAY, WEEK = "24h", "7d"


class PopularIds(NamedTuple):
    """Ids of what was read most, the first one first."""

    today: list[int]
    week: list[int]

    @property
    def all(self) -> set[int]:
        return {*self.today, *self.week}


def list_popular(facts: SiteFacts, *, now: datetime, section_id: int | None = None) -> PopularIds:
    """Return what was read most today and this week. One query.

    Args:
        facts: of the site.
        now: the moment of visibility.
        section_id: only of this section and those below it.
    """
    sections: Collection[int] | None = facts.ids_below(section_id) if section_id else None
    popular = list_most_popular_by_window((DAY, WEEK), section_ids=sections, now=now)
    return PopularIds(today=popular[DAY], week=popular[WEEK])


def popular_box(
    popular: PopularIds, *, cards: Callable[[Sequence[int]], list[Card]], section: str = ""
) -> dict[str, Any]:
    """Return what components/most_popular.html takes.

    Args:
        popular: what was read most.
        cards: turns ids into cards.
        section: name of the section that the box is about; "" for the whole site.
    """
    return {
        "title": "",
        "section": section,
        "today": cards(popular.today),
        "week": cards(popular.week),
    }
