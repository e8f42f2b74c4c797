"""`manage.py publish_scheduled`: what the worker does every second, once.

Takes the place of Wagtail's command of this name, which stops at the first error and
loses the item that caused it (`articles/pages/release.py`). For sites that run it from
cron, and for those who look for it.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.pages.failures import ReleaseFailure
from articles.pages.release import ReleaseReport, release_due


class Command(BaseCommand):
    help = (
        "Publishes what is due and takes down what has expired, each in its own transaction. "
        "The worker does this every second: use it where no worker runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = ReleaseReport()
        # A run takes a batch; what has failed waits for its next attempt.
        while some := release_due(now=timezone.now()):
            if set(some.failed) & set(report.failed):
                break
            report.published += some.published
            report.expired += some.expired
            report.failed += some.failed
        self.stdout.write(f"{len(report.published)} published, {len(report.expired)} taken down.")
        failures = ReleaseFailure.objects.filter(page_id__in=report.failed).select_related("page")
        for failure in failures:
            self.stderr.write(f"Page {failure.page_id}, {failure}")
        if report.failed:
            raise CommandError(
                f"{len(report.failed)} could not be released and stay scheduled: see above."
            )
