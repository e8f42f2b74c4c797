"""What the search form sends, read leniently: what makes no sense is as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from articles.pages.article import ArticleKind
from articles.reading.facts import Section, SiteFacts
from articles.search.queries import Filters, Sort

SEARCH_URL = "/search/"
SHOWN_AT_MOST = 1000
"""Characters of a search that are read, and shown again; far fewer are searched for."""

EARLIEST, LATEST = date(1000, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A search as it stands in an address. Days are those of the site's zone, both included."""

    text: str = ""
    kind: ArticleKind | None = None
    section: Section | None = None
    author: str = ""
    """An author's slug."""
    since: date | None = None
    until: date | None = None
    sort: Sort = "relevance"

    @property
    def parameters(self) -> dict[str, str]:
        """The address's parameters without the page number; empty ones are left out."""
        values = {
            "q": self.text,
            "type": self.kind.value if self.kind else "",
            "section": section_value(self.section) if self.section else "",
            "author": self.author,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "sort": self.sort if self.sort != "relevance" else "",
        }
        return {name: value for name, value in values.items() if value}

    def url_without(self, name: str) -> str:
        """Return the address of the same search without one of its parameters."""
        parameters = {key: value for key, value in self.parameters.items() if key != name}
        return f"{SEARCH_URL}?{urlencode(parameters)}" if parameters else SEARCH_URL

    def filters(self, facts: SiteFacts) -> Filters:
        """Return what narrows the search; a section stands for those below it as well."""
        path = self.section.path if self.section else None
        return Filters(
            kind=self.kind.value if self.kind else "",
            section_ids=tuple(
                section.id
                for section in facts.sections.values()
                if path and section.path.startswith(path)
            ),
            author_slug=self.author,
            since=_midnight(self.since, zone=facts.zone),
            until=_midnight(self.until and self.until + timedelta(days=1), zone=facts.zone),
        )


def read_form(data: Mapping[str, str], *, facts: SiteFacts) -> SearchForm:
    """Read the parameters of an address; never raises."""
    by_value = {section_value(section): section for section in facts.sections.values()}
    kind = data.get("type", "")
    return SearchForm(
        text=" ".join(data.get("q", "")[:SHOWN_AT_MOST].replace("\0", " ").split()),
        kind=ArticleKind(kind) if kind in ArticleKind.values else None,
        section=by_value.get(data.get("section", "").strip("/")),
        author=data.get("author", "").replace("\0", "")[:255],
        since=_read_day(data.get("from", "")),
        until=_read_day(data.get("to", "")),
        sort="newest" if data.get("sort") == "newest" else "relevance",
    )


def section_value(section: Section) -> str:
    """Return how a section stands in an address: its path, such as `technology/chips`."""
    return section.url.strip("/")


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _midnight(day: date | None, *, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=zone) if day else None
