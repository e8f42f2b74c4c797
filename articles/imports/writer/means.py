"""What the writer works with."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.imports.helper import Cleaning
from articles.imports.models import ImportRun
from articles.imports.report import Report
from articles.imports.writer.people import People
from articles.imports.writer.records import Records
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.imports.writer.sections import Sections
from articles.imports.writer.status import StatusRules
from articles.imports.writer.topics import Topics
from articles.imports.writer.tree import Place, Slugs
from articles.imports.writer.views import ViewsFile


@dataclass(slots=True)
class Means:
    """One object for a run.

    `planned` holds the places of sections that a dry run only thinks of. `forced` writes
    items also when they did not change.
    """

    run: ImportRun
    records: Records
    report: Report
    rules: StatusRules
    cleaning: Cleaning
    sections: Sections
    people: People
    views: ViewsFile | None = None
    topics: Topics = field(default_factory=Topics)
    rows: Rows = field(default_factory=Rows)
    entries: SearchEntries = field(default_factory=SearchEntries)
    slugs: Slugs = field(default_factory=Slugs)
    planned: dict[int, Place] = field(default_factory=dict)
    forced: bool = False
