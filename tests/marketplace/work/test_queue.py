from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks import default_task_backend

from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.work import queue
from marketplace.work.models import Job, JobState
from marketplace.work.tasks import wake

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[str]]:
    keys: list[str] = []
    queue.handles("test.note")(lambda key, payload: keys.append(key))
    yield keys
    del queue._handlers["test.note"]


@pytest.fixture
def failing() -> Iterator[None]:
    def fail(key: str, payload: dict[str, str]) -> None:
        Job.objects.create(kind="test.trace", key=key)
        raise OSError("disk full")

    queue.handles("test.fail")(fail)
    yield
    del queue._handlers["test.fail"]


def test_a_job_asked_for_twice_is_done_once(done: list[str]) -> None:
    queue.enqueue(kind="test.note", key="a")
    queue.enqueue(kind="test.note", key="a")
    queue.run_due()
    queue.run_due()
    assert done == ["a"]
    assert Job.objects.get().state == JobState.DONE


def test_a_job_can_be_asked_for_again(done: list[str]) -> None:
    queue.enqueue(kind="test.note", key="a")
    queue.run_due()
    queue.enqueue(kind="test.note", key="a", again=True)
    queue.run_due()
    assert done == ["a", "a"]


def test_jobs_are_done_in_the_order_they_were_asked_for(done: list[str]) -> None:
    queue.enqueue_many(kind="test.note", jobs=[(key, {}) for key in "cab"])
    queue.run_due()
    assert done == ["c", "a", "b"]


def test_patient_jobs_wait_for_all_others(done: list[str]) -> None:
    queue.handles("test.patient", patient=True)(lambda key, payload: done.append(key))
    try:
        queue.enqueue_many(kind="test.patient", jobs=[("later", {}), ("last", {})])
        queue.enqueue(kind="test.note", key="first")
        queue.run_due()
    finally:
        del queue._handlers["test.patient"]
        queue._patient.discard("test.patient")
    assert done == ["first", "later", "last"]


def test_scheduled_work_goes_on_between_many_jobs(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "_schedules", [lambda: done.append("looked")])
    monkeypatch.setattr(queue, "LOOKS", 0.0)
    queue.enqueue_many(kind="test.note", jobs=[(key, {}) for key in "ab"])
    queue.run_due()
    assert done == ["looked", "a", "looked", "b", "looked"]


def test_a_failure_leaves_nothing_behind_but_its_reason(failing: None) -> None:
    queue.enqueue(kind="test.fail", key="a")
    queue.run_due()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert "disk full" in job.error
    assert job.due_at > clock.now()


def test_it_gives_up_after_five_attempts(failing: None) -> None:
    queue.enqueue(kind="test.fail", key="a")
    for day in range(7):
        with clock.at(clock.now() + timedelta(days=day)):
            queue.run_due()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, queue.MOST_ATTEMPTS)


def test_a_job_whose_lease_runs_is_left_to_its_worker(done: list[str]) -> None:
    queue.enqueue(kind="test.note", key="a")
    Job.objects.update(state=JobState.RUNNING, lease_until=clock.now() + timedelta(seconds=60))
    queue.run_due()
    assert done == []


def test_a_job_whose_lease_has_ended_is_done_again(done: list[str]) -> None:
    queue.enqueue(kind="test.note", key="a")
    Job.objects.update(state=JobState.RUNNING, lease_until=clock.now() - timedelta(seconds=1))
    queue.run_due()
    assert done == ["a"]


def test_a_worker_that_lost_its_lease_writes_nothing() -> None:
    def slow(key: str, payload: dict[str, str]) -> None:
        Job.objects.create(kind="test.trace", key=key)
        Job.objects.filter(kind="test.slow").update(attempts=2)  # another worker took it meanwhile

    queue.handles("test.slow")(slow)
    queue.enqueue(kind="test.slow", key="a")
    queue.run_due(most=1)
    del queue._handlers["test.slow"]
    assert not Job.objects.filter(kind="test.trace").exists()
    assert Entry.objects.count() == 0


def test_work_of_an_unknown_kind_waits_for_a_worker_that_knows_it() -> None:
    queue.enqueue(kind="test.unknown", key="a")
    assert queue.run_due() == 0
    assert Job.objects.get().state == JobState.WAITING


def test_a_wake_up_ends_too_when_the_process_is_told_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "_finishing", False)
    monkeypatch.setitem(queue._handlers, "test.last", lambda key, payload: queue.finish())
    queue.enqueue_many(kind="test.last", jobs=[("a", {}), ("b", {})])
    wake.call()
    wake.call()
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == [
        JobState.DONE,
        JobState.WAITING,
    ]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_wakes_a_worker_once_if_it_ends_well() -> None:
    default_task_backend.clear()
    with transaction.atomic():
        with pytest.raises(OSError), transaction.atomic():
            queue.enqueue(kind="test.note", key="never")
            raise OSError
        for key in "abc":
            queue.enqueue(kind="test.note", key=key)
    assert len(default_task_backend.results) == 1
