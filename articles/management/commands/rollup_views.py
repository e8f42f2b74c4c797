"""`manage.py rollup_views`: count the journals of this machine now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.popularity.rollup import roll_up


class Command(BaseCommand):
    help = "Adds the views that readers' pages reported to the totals. The worker does it, too."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{roll_up(now=timezone.now())} views added.")
