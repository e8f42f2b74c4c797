"""What the worker does for this room."""

from __future__ import annotations

from datetime import datetime

from articles.pages.release import forget_settled_failures, release_due
from newsroom.worker.jobs import register_job


def release_now(now: datetime) -> None:
    """Release what is due."""
    release_due(now=now)


def forget_failures(now: datetime) -> None:
    """Forget the failures that an editor has settled."""
    forget_settled_failures()


def register() -> None:
    """Register them; called once, from `apps.py`."""
    register_job("release scheduled pages", interval_seconds=1, run=release_now)
    register_job("forget settled release failures", interval_seconds=300, run=forget_failures)
