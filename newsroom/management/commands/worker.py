"""`manage.py worker`: scheduled publishing, roll-up and background tasks, in one process."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.settings.env import VAR_DIR
from newsroom.worker.leader import Leadership
from newsroom.worker.loop import WorkerLoop, register_own_jobs
from newsroom.worker.queue import TaskRunner


class Command(BaseCommand):
    help = (
        "Releases scheduled articles at their due second, rolls up views and runs background "
        "tasks until it is stopped. Safe to run twice: one process leads, both empty the queue."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-empty",
            action="store_true",
            help="Run the tasks that are ready, then exit; no periodic jobs.",
        )

    def handle(self, *args: Any, until_empty: bool, **options: Any) -> None:
        if until_empty:
            self.stdout.write(f"{TaskRunner().run_all()} tasks run.")
            return
        register_own_jobs()
        loop = WorkerLoop(leadership=Leadership(lock_file=VAR_DIR / "worker.lock"))
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: loop.stop())
        loop.run()
