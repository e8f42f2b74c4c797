from datetime import UTC, datetime, timedelta

from newsroom.worker.jobs import Job, Schedule
from newsroom.worker.leader import Leadership

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def test_jobs_run_when_they_are_due_and_not_before(db):
    seen = []
    schedule = Schedule((Job("a", 10, seen.append),))
    schedule.run_due(now=NOW)
    schedule.run_due(now=NOW + timedelta(seconds=9))
    schedule.run_due(now=NOW + timedelta(seconds=10))
    assert seen == [NOW, NOW + timedelta(seconds=10)]


def test_a_job_that_fails_does_not_hold_up_the_others(db, caplog):
    seen = []

    def fail(now):
        raise RuntimeError("no luck")

    Schedule((Job("broken", 1, fail), Job("fine", 1, seen.append))).run_due(now=NOW)
    assert seen == [NOW]
    assert "Job broken failed" in caplog.text


def test_one_of_two_workers_leads(transactional_db, tmp_path):
    first = Leadership(lock_file=tmp_path / "lock")
    second = Leadership(lock_file=tmp_path / "lock")
    assert first.is_held()
    assert first.is_held()
    assert not second.is_held()
    first.release()
    assert second.is_held()
    second.release()
