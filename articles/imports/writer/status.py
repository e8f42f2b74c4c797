"""What an item is to be here: live, draft, scheduled or private, and since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from articles.imports.items import ArticleItem, Status
from articles.imports.options import StatusRule
from articles.imports.writer.drafts import Moments

UPDATE_AFTER = timedelta(minutes=5)
"""An update that follows publication sooner is part of it. Source: formats, times."""

Tell = Callable[[str, str], None]
"""Notes a problem of the item: a stable word, a sentence."""


@dataclass(frozen=True, slots=True)
class StatusRules:
    """What the operator and the site say.

    `now` is the moment of the run. `zone` is the source's, for days without a time;
    `site_zone` the one in which our site shows days.
    `bulk_updated_at`: a minute that most items of the source share as their update, which
    says nothing of any of them.
    """

    now: datetime
    zone: tzinfo
    site_zone: tzinfo
    rule: StatusRule = ""
    bulk_updated_at: datetime | None = None


def decide(item: ArticleItem, *, rules: StatusRules, tell: Tell) -> tuple[Status, Moments]:
    """Return an item's status and moments here; what was decided against it is told.

    Nothing becomes public that the source does not call published, or that has no date.
    """
    status = _status(item, rules=rules)
    published_at = item.published_at or _stated_day(item, zone=rules.zone)
    if status == "published" and published_at is None:
        status = "draft"
        tell("no_date", "It has no date of publication: imported as a draft.")
    go_live_at = item.published_at if status == "scheduled" else None
    embargo = item.embargoed_until
    if embargo and embargo > rules.now and status in {"published", "scheduled"}:
        if status == "published":
            tell("embargoed", f"Embargoed until {embargo:%Y-%m-%d %H:%M} UTC: scheduled for then.")
        status, go_live_at = "scheduled", max(embargo, go_live_at or embargo)
    if status == "scheduled" and (go_live_at is None or go_live_at <= rules.now):
        status, go_live_at = "draft", None
        tell("schedule_passed", "It was to go out at a time that has passed: kept as a draft.")
    updated_at = _updated_at(item, published_at=published_at, rules=rules)
    stated = (updated_at, published_at, item.created_at)
    moments = Moments(
        # A version is never younger than the run that wrote it.
        version_at=next((at for at in stated if at and at <= rules.now), rules.now),
        # A scheduled one gets the moment at which it really goes out.
        published_at=None if status == "scheduled" else published_at,
        updated_at=updated_at,
        go_live_at=go_live_at,
        expire_at=item.expires_at,
    )
    return status, moments


def _status(item: ArticleItem, *, rules: StatusRules) -> Status:
    if item.has_password:
        return "draft"
    if rules.rule == "draft":
        return "private" if item.status == "private" else "draft"
    if not item.status_stated:
        return "published" if rules.rule == "as-source" else "draft"
    return item.status


def _stated_day(item: ArticleItem, *, zone: tzinfo) -> datetime | None:
    """Return midday of the day that a dateline states, in the site's zone."""
    if item.dateline is None or not item.dateline.date:
        return None
    try:
        day = date.fromisoformat(item.dateline.date)
    except ValueError:
        return None
    return datetime.combine(day, time(12), tzinfo=zone)


def _updated_at(
    item: ArticleItem, *, published_at: datetime | None, rules: StatusRules
) -> datetime | None:
    updated = item.updated_at
    if updated is None or published_at is None or updated < published_at + UPDATE_AFTER:
        return None
    bulk = rules.bulk_updated_at
    return None if bulk and updated.replace(second=0, microsecond=0) == bulk else updated
