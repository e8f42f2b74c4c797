"""`manage.py import_articles`: an archive comes in."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.imports.maps import split_path
from articles.imports.options import DEFAULT_BATCH_SIZE, ImportOptions
from articles.imports.readers.base import UnusableSource
from articles.imports.readers.registry import READERS
from articles.imports.report import Report
from articles.imports.run import run_import
from articles.imports.terminal import TerminalProgress, plain, summarize

UNUSABLE, REFUSED, INTERRUPTED = 2, 1, 130
MAX_BATCH_SIZE = 2000


class Command(BaseCommand):
    """Thin: arguments in, one call, report and summary out."""

    help = (
        "Imports an archive: a WordPress export, or plain-text articles. Run again, it writes"
        " only what changed; interrupted or killed, the same command goes on. Exit status: 0"
        " done, 1 done with items refused, 2 unusable input, 130 interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("source", metavar="SOURCE", help="file, folder, or - for standard input")
        add("--format", choices=sorted(READERS), default="", help="recognized when not given")
        add("--into", metavar="PATH", default="", help='section of items that name none: "A/B"')
        add("--media", metavar="fetch|skip|DIR", default="fetch", help="where pictures are from")
        add("--dry-run", action="store_true", help="write nothing, say what would happen")
        add("--limit", type=_number, metavar="N", default=0, help="read N items only")
        add("--batch-size", type=_batch, metavar="N", default=DEFAULT_BATCH_SIZE)
        add("--report", type=Path, metavar="FILE.json", help="write the whole report")
        add("--source", dest="name", metavar="NAME", default="", help="name of the source")
        add("--base-url", metavar="URL", default="", help="address of the old site")
        add("--old-host", action="append", metavar="HOST", default=[], help="a former host")
        add("--timezone", metavar="ZONE", default="", help="of times without a zone")
        add("--status", choices=["as-source", "draft"], default="", help="what items become")
        add("--section-map", type=Path, metavar="FILE", help="CSV of old path, new path")
        add("--author-map", type=Path, metavar="FILE", help="CSV of old id, name")
        add("--views", type=Path, metavar="FILE.csv", help="CSV of id or URL, views")
        add("--media-host", action="append", metavar="HOST", default=[], help="allowed host")
        add("--only", metavar="ID", default="", help="import this one item, changed or not")
        add("--restart", action="store_true", help="begin anew instead of going on")

    def handle(self, *args: Any, **options: Any) -> None:
        # Any: Django's own signature.
        chosen = _read_options(options)
        stop = _Stop()
        progress = TerminalProgress(sys.stderr if sys.stderr.isatty() else sys.stdout)
        try:
            report = run_import(
                options["source"],
                options=chosen,
                now=timezone.now(),
                progress=progress,
                stop=stop.is_asked,
            )
        except UnusableSource as error:
            raise CommandError(plain(str(error)), returncode=UNUSABLE) from error
        finally:
            stop.restore()
        if options["report"]:
            _write(report, path=options["report"])
        for line in summarize(report, report_file=str(options["report"] or "")):
            self.stdout.write(line)
        if report.run["status"] == "interrupted":
            sys.exit(INTERRUPTED)
        if report.items["refused"]:
            sys.exit(REFUSED)


class _Stop:
    """The first signal asks the run to end its batch; the second one ends it at once."""

    def __init__(self) -> None:
        self._asked = False
        self._before = {
            number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def is_asked(self) -> bool:
        return self._asked

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: Any) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True


def _read_options(options: dict[str, Any]) -> ImportOptions:
    media = options["media"]
    if media not in {"fetch", "skip"} and not Path(media).is_dir():
        raise CommandError(
            f"--media {media}: there is no such folder. Give fetch, skip, or a folder of files.",
            returncode=UNUSABLE,
        )
    if options["views"] and not options["views"].is_file():
        raise CommandError(f"--views {options['views']}: no such file.", returncode=UNUSABLE)
    for name in ("section_map", "author_map"):
        path = options[name]
        if path and not path.exists() and not options["dry_run"]:
            raise CommandError(
                f"--{name.replace('_', '-')} {path}: no such file. --dry-run proposes one.",
                returncode=UNUSABLE,
            )
    return ImportOptions(
        format=options["format"],
        source=options["name"],
        into=split_path(options["into"]),
        media=media,
        media_hosts=tuple(options["media_host"]),
        status=options["status"],
        dry_run=options["dry_run"],
        limit=options["limit"],
        batch_size=options["batch_size"],
        base_url=options["base_url"],
        old_hosts=tuple(options["old_host"]),
        timezone=options["timezone"],
        section_map=options["section_map"],
        author_map=options["author_map"],
        views=options["views"],
        only=options["only"],
        restart=options["restart"],
    )


def _write(report: Report, *, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8") as out:
            report.write(out)
    except OSError as error:
        raise CommandError(
            f"The report cannot be written to {path} ({error.strerror}); the import is done.",
            returncode=UNUSABLE,
        ) from error


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < len(text) < 12 or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return int(text)


def _batch(text: str) -> int:
    number = _number(text)
    if number > MAX_BATCH_SIZE:
        raise argparse.ArgumentTypeError(f"at most {MAX_BATCH_SIZE}")
    return number
