"""Periodic jobs: rooms register what the worker calls on their behalf."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done again and again.

    `run` takes the present moment (aware); it must be safe to call twice, and is
    called by one process at a time. An error is logged and does not stop the rest.
    """

    name: str
    interval_seconds: float
    run: Callable[[datetime], object]


_jobs: dict[str, Job] = {}


def register_job(name: str, *, interval_seconds: float, run: Callable[[datetime], object]) -> None:
    """Have the worker call `run` every so many seconds; a second registration replaces it."""
    _jobs[name] = Job(name=name, interval_seconds=interval_seconds, run=run)


def registered_jobs() -> tuple[Job, ...]:
    """Return all jobs, in the order of their registration."""
    return tuple(_jobs.values())


class Schedule:
    """Decides which jobs are due, and runs them."""

    def __init__(self, jobs: tuple[Job, ...]) -> None:
        self.jobs = jobs
        self.due_at: dict[str, datetime] = {}

    def run_due(self, *, now: datetime) -> list[str]:
        """Run what is due at a moment; return the names of the jobs that were run."""
        ran = []
        for job in self.jobs:
            if self.due_at.get(job.name, now) <= now:
                self.due_at[job.name] = now + timedelta(seconds=job.interval_seconds)
                self._run(job, now=now)
                ran.append(job.name)
        return ran

    def _run(self, job: Job, *, now: datetime) -> None:
        close_old_connections()
        try:
            job.run(now)
        except Exception:
            # One broken job must not hold up the others; it is tried again next time.
            logger.exception("Job %s failed; it is tried again.", job.name)
        finally:
            close_old_connections()
