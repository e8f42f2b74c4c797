"""New, changed, the same, or edited here: what a batch's items are to an earlier run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.report import Report
from articles.imports.writer.decisions import Decision
from articles.imports.writer.records import Records
from articles.imports.writer.updates import Standing, find_standing, stated_status

PAGE_KINDS = ("article", "page")


@dataclass(slots=True)
class Classes:
    """The items of a batch by what is to be done with them.

    By external id: `records` and `standing` of changed ones, `parents` that are there,
    `article_ids` of articles that are there.
    """

    new: list[Decision] = field(default_factory=list)
    changed: list[Decision] = field(default_factory=list)
    waiting: list[Decision] = field(default_factory=list)
    records: dict[str, ImportedRecord] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    parents: dict[str, int] = field(default_factory=dict)
    article_ids: dict[str, int] = field(default_factory=dict)

    @property
    def to_write(self) -> list[Decision]:
        return [*self.new, *self.changed]


def classify(
    decisions: Sequence[Decision],
    *,
    records: Records,
    report: Report,
    forced: bool,
    orphans: Collection[str],
) -> Classes:
    """Sort items, and count those that are done with. Two queries.

    Args:
        decisions: of one batch.
        records: of the source.
        report: counts what is the same or kept.
        forced: write also what did not change.
        orphans: external ids of pages that do not wait for their parent any longer.
    """
    keys = {decision.key for decision in decisions}
    keys |= {decision.item.parent_id for decision in decisions if decision.item.parent_id}
    known = records.find(PAGE_KINDS, keys)
    standing = find_standing(record.object_id or 0 for record in known.values())
    found = Classes()
    found.parents = {
        key: record.object_id
        for (kind, key), record in known.items()
        if kind == "page" and record.object_id and _is_here(record, standing=standing)
    }
    found.article_ids = {
        key: record.object_id
        for (kind, key), record in known.items()
        if kind == "article" and record.object_id in standing
    }
    seen: set[tuple[str, str]] = set()
    for decision in decisions:
        key = (decision.kind, decision.key)
        record = known.get(key)
        if key in seen or (record is not None and _is_of_run(record, run=records.run)):
            report.count_item("refused")
            report.tell(decision.key, "refused", "Another item has the same id: only one was read.")
            continue
        seen.add(key)
        if record is None:
            _sort_new(decision, found=found, orphans=orphans)
            continue
        here = standing.get(record.object_id or 0)
        if _is_settled(decision, record=record, here=here, report=report, forced=forced):
            continue
        assert here is not None  # noqa: S101 - what was deleted here is settled
        found.changed.append(decision)
        found.records[decision.key] = record
        found.standing[decision.key] = here
    return found


def _is_here(record: ImportedRecord, *, standing: dict[int, Standing]) -> bool:
    """Tell whether a record's page exists, or a dry run thinks of it."""
    return record.object_id is not None and (record.object_id < 0 or record.object_id in standing)


def _is_of_run(record: ImportedRecord, *, run: ImportRun) -> bool:
    return run.pk in {record.run_id, record.updated_run_id} or (
        record.object_id is not None and record.object_id < 0
    )


def _sort_new(decision: Decision, *, found: Classes, orphans: Collection[str]) -> None:
    item = decision.item
    is_alone = item.kind == "page" and item.parent_id and item.parent_id not in found.parents
    waits = is_alone and item.external_id not in orphans
    (found.waiting if waits else found.new).append(decision)


def _is_settled(
    decision: Decision,
    *,
    record: ImportedRecord,
    here: Standing | None,
    report: Report,
    forced: bool,
) -> bool:
    """Count an item that nothing is to be done with."""
    is_same = record.fingerprint == decision.fingerprint
    if here is None:
        report.count_item("kept_edited")
        report.tell(decision.key, "deleted_here", "It was deleted here, and stays so.")
    elif is_same and not forced:
        report.count_item("unchanged")
    elif here.was_edited(record):
        report.count_item("kept_edited")
        detail = (
            "It changed at the source and was edited here: ours was kept. Compare the two,"
            " and take over by hand what is wanted."
        )
        report.tell(decision.key, "kept_edited", detail)
    else:
        return False
    report.count_status(stated_status(record))
    return True
