"""The worker's two loops: periodic jobs in one thread, the task queue in another.

They are apart so that a picture that takes three seconds does not delay a release
that is due now.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from newsroom.worker.jobs import Schedule, register_job, registered_jobs
from newsroom.worker.leader import Leadership
from newsroom.worker.queue import TaskRunner, prune, recover_abandoned

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5
QUEUE_PAUSE_SECONDS = 0.5


def register_own_jobs() -> None:
    """Register what the queue itself needs."""
    register_job("recover abandoned tasks", interval_seconds=30, run=recover_abandoned)
    register_job("prune ended tasks", interval_seconds=3600, run=prune)


class WorkerLoop:
    """Runs until it is told to stop; what is being done is finished first."""

    def __init__(
        self, *, leadership: Leadership, clock: Callable[[], datetime] = timezone.now
    ) -> None:
        self.leadership = leadership
        self.clock = clock
        self.stopping = threading.Event()

    def stop(self) -> None:
        """Ask both loops to end."""
        self.stopping.set()

    def run(self) -> None:
        """Run both loops; returns when both have ended."""
        queue = threading.Thread(target=self._run_queue, name="task-queue")
        queue.start()
        try:
            self._run_jobs()
        finally:
            self.stop()
            queue.join()
            self.leadership.release()

    def _run_jobs(self) -> None:
        schedule = Schedule(registered_jobs())
        while not self.stopping.is_set():
            if self.leadership.is_held():
                schedule.run_due(now=self.clock())
            self.stopping.wait(TICK_SECONDS)

    def _run_queue(self) -> None:
        runner = TaskRunner()
        while not self.stopping.is_set():
            try:
                did_something = runner.run_one()
            except DatabaseError:
                logger.warning("The task queue cannot be read; trying again.", exc_info=True)
                did_something = False
            finally:
                close_old_connections()
            if not did_something:
                self.stopping.wait(QUEUE_PAUSE_SECONDS)
