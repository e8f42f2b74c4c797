"""The times of a WordPress export: three statements, several sentinels, no zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_FOUR_DIGIT_YEAR = re.compile(r"\s\d{4}\s")
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d{1,2})(?::?(\d\d))?$")
_SENTINEL_DAYS = frozenset({"1970-01-01", "1999-11-30"})
_ZONES = (
    *("Europe/London", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Moscow"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("America/Halifax", "America/St_Johns", "America/Anchorage", "America/Sao_Paulo"),
    *("America/Santiago", "America/Mexico_City", "America/Asuncion", "America/Havana"),
    *("Africa/Cairo", "Africa/Casablanca", "Asia/Jerusalem", "Asia/Beirut", "Asia/Tehran"),
    *("Asia/Amman", "Asia/Damascus", "Australia/Sydney", "Australia/Adelaide"),
    *("Pacific/Auckland", "Pacific/Fiji", "Asia/Baku", "Asia/Karachi", "Asia/Dhaka"),
)


ZoneAt = Callable[[datetime], tzinfo]
"""Gives the zone in which a local time (naive) was written."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC and the element it was read from."""

    at: datetime
    found_in: str


def parse_stamp(text: str) -> datetime | None:
    """Read `2013-01-11 03:15:40` without a zone; None for zero values and sentinels."""
    match = _STAMP.match(text.strip())
    if not match or match[0][:10] in _SENTINEL_DAYS:
        return None
    try:
        return datetime.fromisoformat(match[0] if match[6] else f"{match[0]}:00")
    except ValueError:
        return None


def parse_pub_date(text: str) -> datetime | None:
    """Read an RSS date in UTC; None for what is none, and for sentinels."""
    if not _FOUR_DIGIT_YEAR.search(text):
        return None
    try:
        found = parsedate_to_datetime(text.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        found = found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return None if found.date().isoformat() in _SENTINEL_DAYS or found.year < 1970 else found


def find_moment(*, gmt: str, pub_date: str, local: str, zone_at: ZoneAt) -> Moment | None:
    """Return when an item was published, by GMT time, else `pubDate`, else local time."""
    if (stamp := parse_stamp(gmt)) is not None:
        return Moment(at=stamp.replace(tzinfo=UTC), found_in="post_date_gmt")
    if (instant := parse_pub_date(pub_date)) is not None:
        return Moment(at=instant, found_in="pubDate")
    if (stamp := parse_stamp(local)) is not None:
        try:
            return Moment(
                at=stamp.replace(tzinfo=zone_at(stamp)).astimezone(UTC), found_in="post_date"
            )
        except OverflowError:
            return None
    return None


def parse_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or of an offset such as `+02:00`, else None."""
    if match := _OFFSET.match(name.strip()):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
        return None
    try:
        return ZoneInfo(name.strip())
    except (ValueError, OSError, KeyError):
        return None


class ZoneGuess:
    """The zone of a site, from its items that state both local and GMT time."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[int, int, int]] = Counter()
        self._name: str | None = None

    def add(self, *, local: str, gmt: str) -> None:
        """Take note of one item. Offsets count by month, so memory stays small."""
        here, there = parse_stamp(local), parse_stamp(gmt)
        if here is None or there is None or not 1990 <= here.year <= 2100:
            return
        minutes = round((here - there).total_seconds() / 60)
        if -14 * 60 <= minutes <= 14 * 60:
            self._seen[(here.year, here.month, minutes)] += 1
            self._name = None

    def name(self) -> str:
        """Return `UTC`, an offset such as `+05:00`, an IANA name, or "" if none is known.

        An offset holds when it is that of nine items in ten; else the zone whose
        daylight-saving rule explains the most of them, if it is that many.
        """
        if self._name is None:
            self._name = self._find_name()
        return self._name

    def _find_name(self) -> str:
        total = sum(self._seen.values())
        if not total:
            return ""
        offsets: Counter[int] = Counter()
        for (_, _, minutes), count in self._seen.items():
            offsets[minutes] += count
        common, count = offsets.most_common(1)[0]
        if count < 0.9 * total:
            fits = {zone: self._fit(ZoneInfo(zone)) for zone in _ZONES}
            best = max(fits, key=lambda zone: fits[zone])
            if fits[best] >= 0.9 * total:
                return best
        return _offset_name(common)

    def zone_at(self, local: datetime) -> tzinfo:
        """Return the offset of most items of the same month, else the whole site's zone."""
        month = {
            minutes: count
            for (year, number, minutes), count in self._seen.items()
            if (year, number) == (local.year, local.month)
        }
        if month:
            return timezone(timedelta(minutes=max(month, key=lambda minutes: month[minutes])))
        return parse_zone(self.name()) or UTC

    def _fit(self, zone: ZoneInfo) -> int:
        fitting = 0
        for (year, month, minutes), count in self._seen.items():
            moment = datetime(year, month, 15, 12, tzinfo=zone)
            if moment.utcoffset() == timedelta(minutes=minutes):
                fitting += count
        return fitting


def _offset_name(minutes: int) -> str:
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
