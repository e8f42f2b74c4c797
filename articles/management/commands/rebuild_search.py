"""`manage.py rebuild_search`: make the search index again from the articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.search.actions import rebuild


class Command(BaseCommand):
    help = (
        "Makes the public search index again from the articles, as after a change of "
        "LANGUAGE_CODE. Searches go on meanwhile; an interrupted run can go on where it was, "
        "with --after."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="Go on after this article."
        )

    def handle(self, *args: Any, after: int, **options: Any) -> None:
        self.last_id = after
        try:
            indexed = rebuild(after_id=after, report=self.report)
        except KeyboardInterrupt:
            self.stderr.write(f"Interrupted. To go on: rebuild_search --after {self.last_id}")
            raise SystemExit(130) from None
        self.stdout.write(f"{indexed:,} articles are in the index.")

    def report(self, last_id: int, seen: int) -> None:
        self.last_id = last_id
        if seen % 10_000 == 0:
            self.stdout.write(f"{seen:,} articles read, the last is {last_id}.")
