from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.worker.queue import (
    ABANDONED_AFTER,
    MAX_ATTEMPTS,
    TaskRunner,
    prune,
    recover_abandoned,
    worker_id,
)

pytestmark = pytest.mark.django_db(transaction=True)

calls: list[str] = []


@task()
def note(word: str) -> None:
    calls.append(word)


@task()
def fail() -> None:
    raise RuntimeError("no luck")


@pytest.fixture(autouse=True)
def _queue_in_the_database(settings):
    calls.clear()
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


def test_tasks_wait_for_the_worker_and_run_once():
    note.enqueue("a")
    note.enqueue("b")
    assert calls == []
    assert TaskRunner().run_all() == 2
    assert sorted(calls) == ["a", "b"]
    assert TaskRunner().run_all() == 0


def test_a_failed_task_is_tried_again_later_and_given_up_in_the_end():
    fail.enqueue()
    for attempt in range(MAX_ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        assert TaskRunner().run_all() == 1
        row = DBTaskResult.objects.get()
        expected = "FAILED" if attempt == MAX_ATTEMPTS - 1 else "READY"
        assert row.status == expected
    assert TaskRunner().run_all() == 0


def test_tasks_of_a_dead_worker_are_taken_up_again():
    note.enqueue("again")
    host = worker_id().rpartition(":")[0]
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        worker_ids=[f"{host}:999999999"],
        started_at=timezone.now(),
    )
    assert recover_abandoned(timezone.now()) == 1
    TaskRunner().run_all()
    assert calls == ["again"]


def test_tasks_of_a_living_worker_are_left_alone():
    note.enqueue("mine")
    now = timezone.now()
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, worker_ids=[worker_id()], started_at=now
    )
    assert recover_abandoned(now) == 0
    DBTaskResult.objects.update(worker_ids=["another-machine:1"])
    assert recover_abandoned(now) == 0
    assert recover_abandoned(now + ABANDONED_AFTER + timedelta(seconds=1)) == 1


def test_old_successes_are_forgotten_and_failures_kept():
    note.enqueue("old")
    TaskRunner().run_all()
    fail.enqueue()
    assert prune(timezone.now()) == 0
    assert prune(timezone.now() + timedelta(days=8)) == 1
    assert DBTaskResult.objects.count() == 1
