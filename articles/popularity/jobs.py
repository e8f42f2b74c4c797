"""What the worker does for this room."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from articles.popularity.rollup import roll_up
from newsroom.worker.jobs import register_job


def roll_up_now(now: datetime) -> None:
    """Count the journals that have gathered."""
    roll_up(now=now)


def register() -> None:
    """Register the roll-up; called once, from `apps.py`."""
    register_job(
        "roll up views", interval_seconds=settings.NEWSROOM_ROLLUP_SECONDS, run=roll_up_now
    )
