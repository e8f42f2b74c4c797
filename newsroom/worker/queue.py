"""The task queue: claim, run, try again, and take up what a killed worker left.

django-tasks-db stores tasks and runs one; it neither retries nor notices that a
worker died in the middle of a task. Both are done here.
"""

from __future__ import annotations

import logging
import os
import socket
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
FIRST_RETRY_SECONDS = 20
"""The pause doubles with each attempt: 20, 40, 80, 160 seconds."""

ABANDONED_AFTER = timedelta(minutes=30)
"""A task that runs longer on another machine is taken for lost."""

KEPT_FOR = timedelta(days=7)


def worker_id() -> str:
    """Return a name of this process that tells another one on this machine whether it lives."""
    return f"{socket.gethostname()}:{os.getpid()}"


def enqueue_after_commit(task: Task, **kwargs: Any) -> None:
    """Queue a task once the transaction is committed, unless it waits in the queue already.

    For tasks that read the present state and may run twice: one that waits will see what
    has been committed now. What fails here is logged and spoils nobody's request.

    Args:
        task: decorated with `django_tasks.task`.
        kwargs: its arguments, as JSON may hold them.
    """
    transaction.on_commit(partial(_enqueue_unless_waiting, task, kwargs), robust=True)


def _enqueue_unless_waiting(task: Task, kwargs: dict[str, Any]) -> None:
    waiting = DBTaskResult.objects.ready().filter(
        task_path=task.module_path,
        backend_name=task.backend,
        args_kwargs={"args": [], "kwargs": kwargs},
    )
    if not waiting.exists():
        task.enqueue(**kwargs)


class TaskRunner:
    """Runs tasks of the queue, one at a time."""

    def __init__(self, *, backend_name: str = "default") -> None:
        self.worker_id = worker_id()
        self.backend_name = backend_name
        self._worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=backend_name,
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def run_one(self) -> bool:
        """Claim and run the next ready task; return False when there is none."""
        close_old_connections()
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return False
        try:
            with exclusive_transaction(ready.db):
                task = ready.get_locked()
                if task is None:
                    return False
                task.claim(self.worker_id)
        except OperationalError as error:
            if is_locked_database_exception(error):
                return False
            raise
        self._worker.run_task(task)
        task.refresh_from_db()
        if task.status == TaskResultStatus.FAILED:
            retry_later(task, now=timezone.now())
        return True

    def run_all(self) -> int:
        """Run tasks until none is ready; return how many were run."""
        count = 0
        while self.run_one():
            count += 1
        return count


def retry_later(task: DBTaskResult, *, now: datetime) -> bool:
    """Put a failed task back with a growing pause; False when it has been tried enough."""
    attempts = len(task.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        logger.error("Task %s failed %d times and is given up.", task.task_path, attempts)
        return False
    pause = FIRST_RETRY_SECONDS * 2 ** (attempts - 1)
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.READY,
        run_after=now + timedelta(seconds=pause),
        finished_at=None,
    )
    return True


def recover_abandoned(now: datetime) -> int:
    """Put back the tasks of workers that died; return how many.

    A worker of this machine is dead when its process is gone; one of another
    machine when its task has run for `ABANDONED_AFTER`.
    """
    recovered = 0
    for task in DBTaskResult.objects.running():
        if not _is_abandoned(task, now=now):
            continue
        if len(task.worker_ids) >= MAX_ATTEMPTS:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.FAILED, finished_at=now
            )
            continue
        recovered += DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING
        ).update(status=TaskResultStatus.READY, started_at=None)
    return recovered


def _is_abandoned(task: DBTaskResult, *, now: datetime) -> bool:
    host, _, pid = (task.worker_ids[-1] if task.worker_ids else "").rpartition(":")
    if host == socket.gethostname() and pid.isdigit():
        return not process_lives(int(pid))
    return task.started_at is None or task.started_at < now - ABANDONED_AFTER


def process_lives(pid: int) -> bool:
    """Tell whether a process of this machine exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def prune(now: datetime) -> int:
    """Forget tasks that ended well a week ago; failed ones stay for the desk to see."""
    deleted, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT_FOR).delete()
    return deleted
