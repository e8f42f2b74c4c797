"""A run of an import, from the file to the report: command, tests and demo call this."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from articles.imports.audit import audit
from articles.imports.items import Record, SourceInfo
from articles.imports.links import link_articles
from articles.imports.lock import SourceLock
from articles.imports.models import ImportRun, RunStatus
from articles.imports.options import ImportOptions
from articles.imports.pictures.stage import fetch_media
from articles.imports.progress import Progress, Silent
from articles.imports.readers.base import ReadOptions
from articles.imports.readers.registry import open_source
from articles.imports.report import Lines, Report
from articles.imports.stages import Stage, Stop, save_state
from articles.imports.writer import redirect_stage, related
from articles.imports.writer.stage import write_records_of

STAGES: tuple[tuple[str, Stage], ...] = (
    ("related", related.run),
    ("redirects", redirect_stage.run),
    ("media", fetch_media),
    ("links", link_articles),
    ("audit", audit),
)
"""What follows the writer, in order."""


def run_import(
    source: str | Path,
    *,
    options: ImportOptions,
    now: datetime,
    progress: Progress | None = None,
    stop: Stop = lambda: False,
) -> Report:
    """Import a file, a folder or `-` (standard input); go on where an earlier run died.

    The whole source is read strictly before anything is written.

    Args:
        source: where the archive is.
        options: what the operator says.
        now: aware moment of the run.
        progress: told what is being done.
        stop: asked after each batch whether to end; such a run is resumable.

    Raises:
        UnusableSource: the source or a map cannot be used, or is being imported already.
    """
    progress = progress or Silent()
    with _on_disk(source) as path:
        progress.begin("reading")
        read = ReadOptions(now=now, timezone=options.timezone, base_url=options.base_url)
        info, records = open_source(path, options=read, format=options.format or None)
        progress.end()
        return import_records(
            info,
            records,
            options=options,
            now=now,
            location=str(source),
            fingerprint=_hash_of(path),
            progress=progress,
            stop=stop,
        )


def import_records(
    info: SourceInfo,
    records: Iterable[Record],
    *,
    options: ImportOptions,
    now: datetime,
    location: str = "",
    fingerprint: str = "",
    progress: Progress | None = None,
    stop: Stop = lambda: False,
) -> Report:
    """Import records that a reader, or the demo, makes; see `run_import`.

    Records come in the order that readers keep: authors, sections (parents first) and
    tags, then media and articles; external ids are unique for each kind.

    Args:
        info: what the source is; `base_url` names it when `options.source` does not.
        records: made lazily; read once from the start, also by a run that goes on.
        options: what the operator says; `format` does not matter here.
        now: aware moment of the run.
        location: for people: where the records come from.
        fingerprint: what is the same when the records are.
        progress: told what is being done.
        stop: asked after each batch whether to end.
    """
    name = options.source or _name_of(info, location=location)
    identity = json.dumps([fingerprint, options.identity()], sort_keys=True)
    key = blake2b(identity.encode(), digest_size=32).hexdigest()
    runner = _Runner(options=options, progress=progress or Silent(), stop=stop, now=now)
    if options.dry_run:
        run = ImportRun(source=name, format=info.format, location=location, started_at=now)
        return runner.go(run, info=info, records=records)
    folder = Path(settings.NEWSROOM_IMPORTS_DIR)
    with SourceLock(name, folder=folder):
        unfinished = _resumable(name, key=key) if not options.restart else None
        if unfinished is not None:
            run = unfinished
        else:
            run = ImportRun.objects.create(
                source=name,
                format=info.format,
                location=location,
                fingerprint=key,
                options=options.identity(),
                started_at=now,
            )
        return runner.go(run, info=info, records=records, folder=folder)


class _Runner:
    """Takes a run through its stages."""

    def __init__(
        self, *, options: ImportOptions, progress: Progress, stop: Stop, now: datetime
    ) -> None:
        self.options = options
        self.progress = progress
        self.stop = stop
        self.now = now
        self.started = time.monotonic()

    def go(
        self,
        run: ImportRun,
        *,
        info: SourceInfo,
        records: Iterable[Record],
        folder: Path | None = None,
    ) -> Report:
        report = Report(Lines(folder / f"run-{run.pk}.lines" if folder else None))
        report.restore(run.state.get("report", {}))
        if not run.state:
            report.tell_all(info.problems)
        run.state = {
            **run.state,
            "info": {
                "base_url": info.base_url,
                "title": info.title,
                "language": info.language,
                "timezone": info.timezone,
            },
            "hosts": sorted({host_of(info.base_url), *map(host_of, self.options.old_hosts)} - {""}),
        }
        status = RunStatus.FAILED
        try:
            status = self._run_stages(run, info=info, records=records, report=report)
        finally:
            self._end(run, report=report, status=status)
        return report

    def _run_stages(
        self, run: ImportRun, *, info: SourceInfo, records: Iterable[Record], report: Report
    ) -> RunStatus:
        if "writer" not in run.state.get("done", ()):
            write_records_of(
                run,
                info=info,
                records=records,
                options=self.options,
                report=report,
                progress=self.progress,
                stop=self.stop,
            )
            self._note_done("writer", run=run, report=report)
        if self.options.dry_run:
            return RunStatus.INTERRUPTED if self.stop() else RunStatus.DONE
        for name, stage in STAGES:
            if self.stop():
                return RunStatus.INTERRUPTED
            if name not in run.state.get("done", ()):
                stage(
                    run,
                    options=self.options,
                    report=report,
                    progress=self.progress,
                    stop=self.stop,
                )
                self._note_done(name, run=run, report=report)
        return RunStatus.INTERRUPTED if self.stop() else RunStatus.DONE

    def _note_done(self, name: str, *, run: ImportRun, report: Report) -> None:
        # Asked to stop, a stage may have left something: it is called again then.
        if not self.stop() and not self.options.dry_run:
            save_state(run, report=report, done=[*run.state.get("done", []), name])

    def _end(self, run: ImportRun, *, report: Report, status: RunStatus) -> None:
        seconds = time.monotonic() - self.started
        finished = self.now + timedelta(seconds=seconds)
        total = round(run.state.get("seconds", 0.0) + seconds, 3)
        report.run = {
            "id": run.pk,
            "source": run.source,
            "format": run.format,
            "status": "dry run" if self.options.dry_run else str(status.value),
            "started": run.started_at.isoformat(),
            "finished": finished.isoformat(),
            "seconds": total,
        }
        if self.options.dry_run:
            return
        run.status = status
        run.finished_at = finished
        run.report = report.summary()
        run.state["seconds"] = total
        run.save(update_fields=["status", "finished_at", "report", "state"])


def host_of(address: str) -> str:
    """Return the host of an address, or a host itself, in lower case without `www.`."""
    netloc = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return netloc.removeprefix("www.")


def _name_of(info: SourceInfo, *, location: str) -> str:
    name = host_of(info.base_url) if info.base_url else ""
    return (name or Path(location).stem or info.format)[:255]


def _resumable(source: str, *, key: str) -> ImportRun | None:
    """Return the latest run of a source and its options if it did not come to its end."""
    latest = ImportRun.objects.filter(source=source, fingerprint=key).order_by("-pk").first()
    return latest if latest and latest.status != RunStatus.DONE else None


def _hash_of(path: Path) -> str:
    """Return the hash of a file, or of all files below a folder with their names."""
    digest = blake2b(digest_size=32)
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            digest.update(str(file.relative_to(path)).encode("utf-8", "replace"))
            with file.open("rb") as opened:
                while chunk := opened.read(1024 * 1024):
                    digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _on_disk(source: str | Path) -> Iterator[Path]:
    """Give a path; standard input is copied, for it is read twice."""
    if str(source) != "-":
        yield Path(source)
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-import-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy, 1024 * 1024)
        yield path
