"""`manage.py export_articles`: the archive, one object a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.exports.articles import StatusChoice, export_articles
from articles.exports.files import whole_file
from articles.exports.jsonl import to_json_line
from articles.exports.ninjs import to_ninjs_line

WRITERS = {"jsonl": to_json_line, "ninjs": to_ninjs_line}
REPORT_EVERY = 10_000
BROKEN_PIPE_STATUS = 141
"""What a shell reports of a program that SIGPIPE ended."""


class Command(BaseCommand):
    help = (
        "Writes all articles, one JSON object a line, to standard output or to a file. "
        "Pictures are named by the address of their widest rendition, else by where an "
        "import found them. Drafts are as their latest version has them; of live articles "
        "only what readers see is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=sorted(WRITERS), default="jsonl")
        parser.add_argument(
            "--status",
            choices=["all", "published"],
            default="all",
            help="published: only what readers may see now (default: all)",
        )
        parser.add_argument(
            "--out",
            metavar="FILE",
            type=Path,
            help="written whole or not at all (default: standard output)",
        )

    def handle(
        self,
        *args: Any,
        format: str,
        status: StatusChoice,
        out: Path | None,
        **options: Any,
    ) -> None:
        # Any: Django's own signature.
        lines = self.lines(format, status)
        if out is None:
            if not options.get("stdout") and isinstance(sys.stdout, TextIOWrapper):
                # JSON is UTF-8, whatever the terminal's language is set to.
                sys.stdout.reconfigure(encoding="utf-8")
            self.write_to_standard_output(lines)
            return
        try:
            with whole_file(out) as file:
                count = sum(1 for line in lines if file.write(f"{line}\n"))
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{out}: {count:,} articles")

    def lines(self, format: str, status: StatusChoice) -> Iterator[str]:
        """Make the lines one by one; a terminal is told how far it is."""
        write = WRITERS[format]
        for count, article in enumerate(export_articles(status=status, now=timezone.now()), 1):
            yield write(article)
            if count % REPORT_EVERY == 0 and sys.stderr.isatty():
                self.stderr.write(f"{count:,} articles")

    def write_to_standard_output(self, lines: Iterator[str]) -> None:
        """End quietly when nobody reads on (`| head`)."""
        try:
            for line in lines:
                self.stdout.write(line)
            self.stdout.flush()
        except BrokenPipeError:
            # Else Python complains when it flushes standard output at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(BROKEN_PIPE_STATUS) from None
