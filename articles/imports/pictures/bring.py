"""From wanted addresses to stored files: what is known, what must be asked for, what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.pictures.addresses import address_key, list_candidates
from articles.imports.pictures.downloads import Downloads, Job, Result
from articles.imports.pictures.memory import (
    Known,
    recall,
    remember_failures,
    remember_files,
    touch,
)
from articles.imports.pictures.sources import HostLeft, MediaSource, NotHad
from articles.imports.pictures.store import NO_FACTS, Arrival, Facts, Store, complete_facts
from articles.imports.pictures.wants import Want
from articles.imports.report import Report
from articles.imports.stages import PICTURE_WITHOUT_FILE, save_state
from articles.imports.writer.records import record_key

COMMIT_FILES = 10
"""Files that one transaction makes known; a kill loses no more than these."""

File = tuple[str, int]
"""Model (`image`, `document`) and primary key."""


@dataclass(slots=True)
class Group:
    """Wanted addresses of one original, and the places of the source that name it."""

    candidates: list[str]
    urls: set[str] = field(default_factory=set)
    item: str = ""
    media_ids: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)
    """What their places can show: `image`, `document`, or both."""


class Bringer:
    """Brings files for one run. Each original is counted once in a run.

    `fetched` are files that were stored, `reused` those whose content or address was
    stored before, `failed` and `refused` those that are missing.
    """

    def __init__(
        self,
        run: ImportRun,
        *,
        source: MediaSource,
        report: Report,
        stop: Callable[[], bool],
        asks_again: bool = False,
    ) -> None:
        """Prepare; `asks_again`: also for what failed for good not long ago."""
        self.run = run
        self.source = source
        self.report = report
        self.asks_again = asks_again
        self.downloads = Downloads(source, stop=stop)
        self.store = Store()

    def bring(self, wants: Iterable[tuple[str, Want]]) -> dict[str, File]:
        """Return the files that serve wanted addresses, bringing those that are missing.

        Commits as files come. Five queries, and up to twelve for every `COMMIT_FILES`.

        Args:
            wants: external id of the item that wants it, and what it wants.
        """
        groups = _group(wants)
        known = recall(self.run.source, [url for group in groups for url in group.candidates])
        media = self._load_media({media_id for group in groups for media_id in group.media_ids})
        files: dict[str, File] = {}
        jobs: dict[str, Group] = {}
        seen: list[tuple[Group, Known]] = []
        for group in groups:
            heard = [known[key] for url in group.candidates if (key := address_key(url)) in known]
            there = next((one for one in heard if one.model), None)
            if there is not None:
                files |= dict.fromkeys(group.urls, (there.model, there.object_id))
                seen.append((group, there))
            elif self._list_tries(group, known):
                jobs[group.candidates[0]] = group
            elif heard:
                seen.append((group, heard[-1]))
        self._settle_known(seen, media=media)
        files |= self._download(jobs, known=known, media=media)
        return files

    def close(self) -> None:
        self.downloads.close()

    def _list_tries(self, group: Group, known: dict[str, Known]) -> list[str]:
        """Return the addresses that are worth asking for now."""
        now = timezone.now()
        tries = []
        for url in group.candidates:
            heard = known.get(address_key(url))
            is_asked = heard is not None and heard.run_id == self.run.pk
            in_vain = heard is not None and heard.is_in_vain(source=self.source.name, now=now)
            if not is_asked and (self.asks_again or not in_vain):
                tries.append(url)
        return tries

    def _load_media(self, media_ids: set[str]) -> dict[str, ImportedRecord]:
        """Return the records of the source's media items by external id. One query."""
        keys = {record_key(media_id): media_id for media_id in media_ids}
        if not keys:
            return {}
        found = ImportedRecord.objects.filter(
            source=self.run.source, kind="media", external_id__in=list(keys)
        )
        return {keys[record.external_id]: record for record in found}

    def _download(
        self,
        jobs: dict[str, Group],
        *,
        known: dict[str, Known],
        media: dict[str, ImportedRecord],
    ) -> dict[str, File]:
        files: dict[str, File] = {}
        waiting: list[tuple[Group, Result, Arrival | None]] = []
        todo = [
            Job(
                urls=self._list_tries(group, known),
                item=first,
                facts=_facts(group, media),
            )
            for first, group in jobs.items()
        ]
        for result in self.downloads.run(todo):
            arrival = self._keep(result)
            waiting.append((jobs[result.job.item], result, arrival))
            if len(waiting) == COMMIT_FILES:
                files |= self._commit(waiting, media=media)
                waiting = []
        if waiting:
            files |= self._commit(waiting, media=media)
        return files

    def _keep(self, result: Result) -> Arrival | None:
        """Write a file that came to the storage, unless its content is there."""
        if result.file is None or result.examined is None:
            return None
        with result.file as file:
            arrival = Arrival(url=result.url, examined=result.examined, facts=result.job.facts)
            arrival.object_id = self.store.find(result.examined)
            if not arrival.object_id:
                self.store.write(arrival, file=file)
        return arrival

    def _commit(
        self,
        results: Sequence[tuple[Group, Result, Arrival | None]],
        *,
        media: dict[str, ImportedRecord],
    ) -> dict[str, File]:
        """Make rows of what came, remember what did not, and count both, at once."""
        now = timezone.now()
        came = [(group, arrival) for group, _, arrival in results if arrival is not None]
        with transaction.atomic():
            self.store.make_rows([arrival for _, arrival in came])
            served = {
                arrival.url: (arrival.examined.model, arrival.object_id) for _, arrival in came
            }
            failures = {
                url: failure for _, result, _ in results for url, failure in result.failures.items()
            }
            remember_failures(failures, source=self.source.name, run=self.run, now=now)
            remember_files(served, run=self.run, now=now)
            self._link_media(
                [(group, (arrival.examined.model, arrival.object_id)) for group, arrival in came],
                media=media,
            )
            for group, result, arrival in results:
                self._count(group, result, arrival)
            save_state(self.run, report=self.report)
        return {
            url: (arrival.examined.model, arrival.object_id)
            for group, arrival in came
            for url in group.urls
        }

    def _count(self, group: Group, result: Result, arrival: Arrival | None) -> None:
        if arrival is None:
            given = group.candidates[-1]
            failure = result.failures.get(given) or next(reversed(result.failures.values()))
            self._tell_missing(group, failure)
            return
        self.report.count_media("fetched" if arrival.is_new else "reused")
        if arrival.is_new and arrival.image is not None:
            self.report.count_created("images")
        self._tell_wrong_kind(group, arrival.examined.model)

    def _tell_missing(self, group: Group, failure: NotHad) -> None:
        self.report.count_media(failure.outcome)
        # Of these one line for the host is told in the end.
        if not isinstance(failure, HostLeft):
            kind = f"media_{failure.outcome}"
            self.report.tell(group.item, kind, f"{group.candidates[-1]}: {failure.detail}.")

    def _tell_wrong_kind(self, group: Group, model: str) -> None:
        """A picture where sound or film should be, or the reverse: its place goes on waiting."""
        if model not in group.models:
            kind = "a picture" if model == "image" else "no picture"
            detail = f"{group.candidates[-1]}: it is {kind}, and cannot stand where it should."
            self.report.tell(group.item, "media_wrong_kind", detail)

    def _settle_known(
        self, seen: Sequence[tuple[Group, Known]], *, media: dict[str, ImportedRecord]
    ) -> None:
        """Count what earlier runs brought or could not bring, once in this run."""
        new = [(group, one) for group, one in seen if one.run_id != self.run.pk]
        linked = [(group, (one.model, one.object_id)) for group, one in seen if one.model]
        unlinked = any(
            media_id in media and media[media_id].object_id is None
            for group, _ in linked
            for media_id in group.media_ids
        )
        if not new and not unlinked:
            return
        with transaction.atomic():
            touch([one for _, one in new], run=self.run)
            for group, one in new:
                if one.model:
                    self.report.count_media("reused")
                    self._tell_wrong_kind(group, one.model)
                else:
                    self._tell_missing(group, one.as_failure())
            self._link_media(linked, media=media)
            save_state(self.run, report=self.report)

    def _link_media(
        self, files: Sequence[tuple[Group, File]], *, media: dict[str, ImportedRecord]
    ) -> None:
        """Note in the records of media items which files they became. Three queries."""
        changed: list[ImportedRecord] = []
        facts: list[tuple[int, Facts]] = []
        for group, (model, object_id) in files:
            for record in (media[one] for one in group.media_ids if one in media):
                if record.object_id == object_id:
                    continue
                if record.object_id is None and self.report.skipped_by_reason.get(
                    PICTURE_WITHOUT_FILE
                ):
                    self.report.move_skipped("created", reason=PICTURE_WITHOUT_FILE)
                record.object_id = object_id
                record.data = {**record.data, "model": model}
                changed.append(record)
                if model == "image":
                    facts.append((object_id, _facts_of(record)))
        ImportedRecord.objects.bulk_update(changed, ["object_id", "data"])
        complete_facts(facts)


def _group(wants: Iterable[tuple[str, Want]]) -> list[Group]:
    """Bring together the wants of one original; the largest of its copies is tried first."""
    groups: dict[str, Group] = {}
    for item, want in wants:
        candidates = list_candidates(want.url)
        group = groups.setdefault(address_key(candidates[0]), Group(candidates, item=item))
        group.candidates = list(dict.fromkeys([*group.candidates, *candidates]))
        group.urls.add(want.url)
        group.models |= {want.model} if want.model else {"image", "document"}
        if want.media_id:
            group.media_ids.add(want.media_id)
    return list(groups.values())


def _facts(group: Group, media: dict[str, ImportedRecord]) -> Facts:
    record = next((media[one] for one in sorted(group.media_ids) if one in media), None)
    return _facts_of(record) if record else NO_FACTS


def _facts_of(record: ImportedRecord) -> Facts:
    return Facts(
        title=record.data.get("title", ""),
        caption=record.data.get("caption", ""),
        credit=record.data.get("credit", ""),
        alt_text=record.data.get("alt_text", ""),
    )
