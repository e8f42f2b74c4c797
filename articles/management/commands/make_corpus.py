"""Write a synthetic archive for measurements and trials."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.imports.corpus import MAX_ARTICLES, write_corpus

REPORT_EVERY = 10_000


class Command(BaseCommand):
    """Thin: arguments in, one call, one line out."""

    help = "Write a synthetic archive of N articles as WXR, always the same for the same seed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", metavar="N", type=_count, help="number of articles")
        parser.add_argument("--seed", type=int, default=1, help="which archive (default: 1)")
        parser.add_argument("--out", metavar="FILE.wxr", type=Path, required=True)

    def handle(self, *args: Any, count: int, seed: int, out: Path, **options: Any) -> None:
        # Any: Django's own signature.
        def report(done: int) -> None:
            if done % REPORT_EVERY == 0 and sys.stderr.isatty():
                self.stderr.write(f"{done:,} of {count:,} articles")

        try:
            with out.open("wb") as file:
                counts = write_corpus(file, count=count, seed=seed, report=report)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"{out}: {counts.articles:,} articles ({counts.published:,} published, "
            f"{counts.draft:,} drafts, {counts.scheduled:,} scheduled, "
            f"{counts.private:,} private), {counts.attachments:,} pictures"
        )


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:12]) <= MAX_ARTICLES:
        raise argparse.ArgumentTypeError(f"N is a whole number from 1 to {MAX_ARTICLES}")
    return int(text)
