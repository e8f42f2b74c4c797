"""The audit: what each item of the source said, against what stands in the database now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.imports.audit_found import FoundPage, load_found
from articles.imports.in_place import MODELS
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.report import Report
from articles.imports.stages import Stop, save_state

BATCH = 300
MAX_LOSS = 0.005
"""Share of a page's words, and of each sum over the run, whose loss is told."""

SUMMED = {
    "words": "words",
    "images": "pictures in texts",
    "links": "links",
    "authors": "signatures",
    "old_url": "old addresses",
}
Totals = dict[str, list[int]]
"""By check: the sum expected, and the sum found of what was expected."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison; `lost` is how much of a number that was expected is missing."""

    name: str
    expected: Any
    found: Any
    number: int = 0
    lost: int = 0

    def add_to(self, totals: Totals) -> None:
        """Add what was expected, and what of it arrived, to the sums of the run."""
        if self.name in SUMMED:
            sums = totals.setdefault(self.name, [0, 0])
            sums[0] += self.number
            sums[1] += self.number - self.lost

    @property
    def differs(self) -> bool:
        """Whether it is to be listed: words may differ by what a rule of spelling joins."""
        if self.name == "words":
            return self.lost > self.number * MAX_LOSS
        return bool(self.expected != self.found)


def audit(
    run: ImportRun, *, options: ImportOptions, report: Report, progress: Progress, stop: Stop
) -> None:
    """Compare what a run wrote with its source, and list what differs (a `Stage`).

    A batch takes nine queries. Pages that someone has edited here meanwhile are passed
    over: they say what the editor wants.
    """
    state = run.state.get("audit", {})
    if state.get("is_done"):
        return
    written = _written(run)
    after: int = state.get("after", 0)
    totals: Totals = state.get("totals", {})
    progress.begin("audit", total=written.filter(pk__gt=after).count())
    try:
        while not stop():
            records = list(written.filter(pk__gt=after).order_by("pk")[:BATCH])
            if not records:
                _tell_losses(totals, run=run, report=report)
                break
            after = records[-1].pk
            with transaction.atomic():
                _compare(records, totals=totals, report=report)
                save_state(run, report=report, audit={"after": after, "totals": totals})
            progress.step(len(records))
    finally:
        progress.end()


def _written(run: ImportRun) -> QuerySet[ImportedRecord]:
    return ImportedRecord.objects.filter(
        Q(run=run) | Q(updated_run=run), kind__in=list(MODELS), object_id__isnull=False
    )


def _compare(records: Sequence[ImportedRecord], *, totals: Totals, report: Report) -> None:
    found = load_found(records)
    for record in records:
        page = found.get(record.pk)
        if page is None:
            report.note_audit(
                record.external_id, check="exists", expected=record.data.get("title"), found=None
            )
        elif not page.is_edited:
            for check in _checks(record, page):
                check.add_to(totals)
                if check.differs:
                    report.note_audit(
                        record.external_id,
                        check=check.name,
                        expected=check.expected,
                        found=check.found,
                    )


def _checks(record: ImportedRecord, page: FoundPage) -> list[Check]:
    stated = record.data.get("stated", {})
    checks = [
        _count("words", stated.get("words", 0), page.words),
        _count("images", stated.get("images", 0), page.images),
        _count("links", stated.get("links", 0), page.links),
        Check("status", stated.get("status"), page.status_as(stated.get("status"))),
        *(_old_url(path, page.old_urls[path]) for path in page.old_urls),
    ]
    if record.kind == "article":
        names = stated.get("authors", [])
        missing = len(set(names) - set(page.authors))
        checks += [
            Check("authors", names, page.authors, number=len(names), lost=missing),
            Check("published_at", stated.get("published_at"), page.published_at),
            Check("category", stated.get("category", []), page.category),
            Check("lead_image", bool(record.data.get("lead_url")), page.has_lead),
        ]
    return checks


def _count(name: str, expected: int, found: int) -> Check:
    return Check(name, expected, found, number=expected, lost=max(expected - found, 0))


def _old_url(path: str, leads_to: str) -> Check:
    """Compare an old address with the one that answers it: the path itself if it is right."""
    return Check("old_url", path, leads_to, number=1, lost=int(path != leads_to))


def _tell_losses(totals: Totals, *, run: ImportRun, report: Report) -> None:
    """Tell which sums are short by more than `MAX_LOSS`."""
    for name, (expected, found) in sorted(totals.items()):
        if expected - found > expected * MAX_LOSS:
            share = (expected - found) / expected
            report.tell(
                "",
                "audit_loss",
                f"{found:,} of {expected:,} {SUMMED[name]} arrived ({share:.1%} are missing): the "
                f"audit lists where, under “{name}”.",
            )
    with transaction.atomic():
        save_state(run, report=report, audit={"is_done": True})
