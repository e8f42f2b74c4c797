"""`manage.py load_demo`: an invented newsroom in an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.demo.load import NotEmptyError, load_demo


class Command(BaseCommand):
    """Thin: one call, and the line that tells how to sign in."""

    help = (
        "Loads the demo newsroom into an empty database, through the import pipeline, and "
        "says how to sign in. Broken off, it goes on when called again; loaded, it is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Say nothing when something else is there."
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        # Any: Django's own signature.
        try:
            sign_in = load_demo(now=timezone.now(), say=self.say)
        except NotEmptyError as error:
            if not if_empty:
                raise CommandError(str(error)) from error
            return
        if sign_in is not None:
            self.say(sign_in.as_line())

    def say(self, line: str) -> None:
        """Write a line that is seen at once, also where output is kept in a file."""
        self.stdout.write(line)
        self.stdout.flush()
