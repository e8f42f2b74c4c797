"""Days, months and years in the site's time zone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, from `first` to before `end`."""

    first: date
    end: date

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the moments at which it begins and ends in a zone."""
        return midnight(self.first, zone=zone), midnight(self.end, zone=zone)


def midnight(day: date, *, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day begins in a zone, clock changes included."""
    return datetime.combine(day, time.min, tzinfo=zone)


def day_period(year: int, month: int, day: int) -> Period:
    """Return one day.

    Raises:
        ValueError: the calendar has no such day, or ends with it.
    """
    first = date(year, month, day)
    return Period(first, _next_day(first))


def month_period(year: int, month: int) -> Period:
    """Return one month.

    Raises:
        ValueError: the calendar has no such month, or ends with it.
    """
    first = date(year, month, 1)
    return Period(first, _next_day(first.replace(day=calendar.monthrange(year, month)[1])))


def year_period(year: int) -> Period:
    """Return one year.

    Raises:
        ValueError: the calendar has no such year, or ends with it.
    """
    return Period(date(year, 1, 1), _next_day(date(year, 12, 31)))


def _next_day(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError as error:
        raise ValueError("The calendar ends here.") from error


def day_url(day: date) -> str:
    """Return the address of a day's archive."""
    return f"/archive/{day:%Y/%m/%d}/"


def month_url(day: date) -> str:
    """Return the address of the archive of a day's month."""
    return f"/archive/{day:%Y/%m}/"


def year_url(day: date) -> str:
    """Return the address of the archive of a day's year."""
    return f"/archive/{day:%Y}/"


def day_name(day: date) -> str:
    """Return a day as people write it: 9 March 2024."""
    return date_format(day, "j F Y")


def month_name(day: date) -> str:
    """Return a day's month: March 2024."""
    return date_format(day, "F Y")


def build_calendar(month: date, *, days: set[date], current: date | None = None) -> dict[str, Any]:
    """Return a month as `components/calendar.html` takes it; weeks begin as the language does.

    Args:
        month: any day of it.
        days: those with articles, which become links.
        current: the day that is shown.
    """
    # Django counts from Sunday, Python from Monday.
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(month.year, month.month)

    def cell(day: date) -> dict[str, Any] | None:
        if day.month != month.month:
            return None
        url = day_url(day) if day in days else ""
        return {"day": day.day, "url": url, "is_current": day == current}

    return {
        "caption": month_name(month),
        "weekdays": [str(WEEKDAYS_ABBR[(first_weekday + i) % 7]) for i in range(7)],
        "weeks": [[cell(day) for day in week] for week in weeks],
    }
