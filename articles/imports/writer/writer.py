"""The writer's front door: a batch of records in, one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction

from articles.imports.items import ArticleItem, Record
from articles.imports.prepare import PreparedBody, prepare_body
from articles.imports.stages import Stop, save_state
from articles.imports.writer.articles import Plan, plan_page
from articles.imports.writer.batches import Batch, sort_records
from articles.imports.writer.classes import PAGE_KINDS, Classes, classify
from articles.imports.writer.corrections import write_corrections
from articles.imports.writer.decisions import Decision, decide_place
from articles.imports.writer.making import make_sections
from articles.imports.writer.means import Means
from articles.imports.writer.media import plan_media
from articles.imports.writer.placing import place_and_write
from articles.imports.writer.records import NewRecord, fingerprint_of, record_key
from articles.imports.writer.views import write_views
from articles.pages.article import ArticlePage
from articles.pages.signals import articles_written


class Writer:
    """Writes batches one after the other.

    `begin` may be called for the next batch while this one is being written; its bodies
    are then cleaned meanwhile. `waiting` holds, by external id, pages whose parents have
    not come yet.
    """

    def __init__(self, means: Means) -> None:
        self.means = means
        self.waiting: dict[str, ArticleItem] = {}

    def begin(self, records: Iterable[Record]) -> Batch:
        """Decide where items go, and begin to clean those that are new or changed. One query."""
        means = self.means
        batch = sort_records(records)
        for item in batch.categories:
            means.sections.find(item.path)
        batch.decisions = [
            decide_place(item, sections=means.sections, rules=means.rules)
            for item in batch.articles
        ]
        known = means.records.find(PAGE_KINDS, [d.key for d in batch.decisions])
        for decision in batch.decisions:
            record = known.get((decision.kind, decision.key))
            if means.forced or record is None or record.fingerprint != decision.fingerprint:
                batch.wanted.append(decision.item)
        batch.pending = means.cleaning.begin(batch.wanted)
        return batch

    def write(self, batch: Batch, *, position: int, orphans: Collection[str] = ()) -> None:
        """Write a batch and the run's state in one transaction, then announce its articles.

        Sections that are missing are made in a transaction before it, so that pages are
        locked in one order.

        Args:
            batch: from `begin`, with its bodies received.
            position: number of records of the source that are done with this batch.
            orphans: external ids of pages that wait for their parents no longer.
        """
        means = self.means
        if means.sections.missing:
            with self._transaction():
                self._make_sections(batch)
                self._save()
        with self._transaction():
            plans = self._write_all(batch, orphans=orphans)
            self._save(position=position, waiting=list(self.waiting))
        ids = [plan.draft.id for plan in plans if plan.draft.model is ArticlePage]
        if ids and not means.rows.is_dry:
            articles_written.send(sender=Writer, article_ids=ids)

    def write_waiting(self, *, position: int, batch_size: int, stop: Stop) -> None:
        """Write the pages whose parents came after them: level by level, then the rest.

        A page whose parent is not in the source, or is below it, goes below home.
        """
        orphans: set[str] = set()
        while self.waiting and not stop():
            before = len(self.waiting)
            for items in batched(list(self.waiting.values()), batch_size):
                batch = self.begin(items)
                batch.receive()
                self.write(batch, position=position, orphans=orphans)
            if len(self.waiting) == before:
                orphans = {
                    key for key, item in self.waiting.items() if item.parent_id not in self.waiting
                } or set(self.waiting)

    def _write_all(self, batch: Batch, *, orphans: Collection[str]) -> list[Plan]:
        means = self.means
        report = means.report
        for skipped in batch.skipped:
            report.count_skipped(skipped.reason)
        for refused in batch.refused:
            report.count_item("refused")
            report.tell(refused.external_id, "refused", f"{refused.reason} {refused.position}")
        found = classify(
            batch.decisions,
            records=means.records,
            report=report,
            forced=means.forced,
            orphans=orphans,
        )
        for decision in batch.decisions:
            self.waiting.pop(decision.item.external_id, None)
        self.waiting |= {decision.item.external_id: decision.item for decision in found.waiting}
        records = self._write_names(batch, found=found)
        plans = [self._plan(decision, bodies=batch.bodies) for decision in found.to_write]
        place_and_write(plans, found=found, means=means)
        self._write_numbers(batch, found=found, plans=plans)
        records += plan_media(batch.media, known_records=means.records, report=report)
        records += [plan.record() for plan in plans]
        means.records.write(records, rows=means.rows)
        for plan in plans:
            report.tell_all(plan.problems)
        return plans

    def _write_names(self, batch: Batch, *, found: Classes) -> list[NewRecord]:
        """Make the authors and topics that are stated or used; return what is to be remembered."""
        means = self.means
        articles = [decision.item for decision in found.to_write if decision.kind == "article"]
        authors, made = means.people.write(
            batch.authors, articles=articles, rows=means.rows, entries=means.entries
        )
        means.report.count_created("authors", made)
        topics, made, problems = means.topics.write(
            batch.tags, articles=articles, rows=means.rows, entries=means.entries
        )
        means.report.count_created("tags", made)
        means.report.tell_all(problems)
        return [*authors, *topics, *self._section_records(batch)]

    def _section_records(self, batch: Batch) -> list[NewRecord]:
        records = []
        for item in batch.categories:
            section = self.means.sections.find(item.path)
            if section is not None:
                data = {"title": item.path[-1][1], "old_urls": list(item.old_urls)}
                key = record_key(item.external_id)
                record = NewRecord("category", key, section.id, fingerprint_of(item), data=data)
                record.address = self.means.sections.url_path_of(section)
                records.append(record)
        return records

    def _plan(self, decision: Decision, *, bodies: dict[str, PreparedBody]) -> Plan:
        means = self.means
        item = decision.item
        body = bodies.get(item.external_id)
        if body is None:
            # It was the same when the batch began, and is no more.
            body = prepare_body(item, base_url=means.cleaning.base_url)
        plan = plan_page(item, body=body, rules=means.rules)
        plan.fingerprint = decision.fingerprint
        plan.problems.extend(decision.problems)
        if plan.draft.model is ArticlePage:
            section, *further = decision.sections
            plan.draft.parent_id = section.id
            plan.draft.further = [other.id for other in further]
            plan.draft.tags = means.topics.ids_of(item)
            bylines = [(means.people.id_of(byline), byline.role) for byline in item.bylines]
            plan.draft.bylines = list(dict.fromkeys(bylines))
            plan.data["stated"]["category"] = list(section.titles())
            plan.data["stated"]["authors"] = means.people.names_of(item.bylines)
        return plan

    def _write_numbers(self, batch: Batch, *, found: Classes, plans: Sequence[Plan]) -> None:
        """Write corrections and views, and count what pages of ours do not show."""
        means = self.means
        report = means.report
        if not means.rows.is_dry:
            write_corrections(plans, rows=means.rows)
            ids = found.article_ids | {plan.key: plan.draft.id for plan in plans}
            self._write_views(batch, ids=ids)
        for plan in plans:
            report.count_status(plan.draft.status)
            report.count_left_out("comments", plan.item.comment_count)
            if plan.item.is_sticky:
                plan.tell(
                    "sticky", "It was held on top: pin it on a front by hand if it should be."
                )

    def _write_views(self, batch: Batch, *, ids: dict[str, int]) -> None:
        means = self.means
        counts: dict[int, int] = {}
        for decision in batch.decisions:
            item = decision.item
            stated = means.views.find(item) if means.views else None
            is_counted = stated is not None or item.views is not None
            if decision.kind == "article" and is_counted and decision.key in ids:
                counts[ids[decision.key]] = max(stated or 0, item.views or 0)
        write_views(counts)

    def _make_sections(self, batch: Batch) -> None:
        means = self.means
        make_sections(
            means.sections,
            items=batch.categories,
            slugs=means.slugs,
            rows=means.rows,
            entries=means.entries,
            planned=means.planned,
            report=means.report,
            at=means.run.started_at,
        )

    def _transaction(self) -> AbstractContextManager[Any]:
        rows = self.means.rows
        rows.begin()
        return nullcontext() if rows.is_dry else transaction.atomic()

    def _save(self, **values: Any) -> None:
        means = self.means
        if not means.rows.is_dry:
            writer = {**means.run.state.get("writer", {}), **values}
            save_state(means.run, report=means.report, writer=writer)


def batched(items: Sequence[ArticleItem], size: int) -> Iterable[Sequence[ArticleItem]]:
    """Cut a list into lists of at most so many."""
    return (items[start : start + size] for start in range(0, len(items), size))
