"""Puts work into rows and does what is due.

A job passes through these steps:

1. `enqueue` writes a waiting row in the caller's transaction and wakes a worker after commit.
2. `run_due` claims it: waiting (or running with an expired lease) → running, attempts + 1, committed at once,
   so that a job that kills its worker is counted.
3. The handler's database writes and the mark "done" share one transaction: a worker killed in between leaves
   neither, and after the lease the job runs again. What a handler does outside the database must bear repeating.
   Slow work (drawing, asking others) goes into `prepare`, which runs before that transaction and holds no locks.
4. A handler that raises sends the job back to waiting with a growing pause, and after MOST_ATTEMPTS to failed.

A process that is told to end calls `finish`: it finishes the job in its hands and takes no other.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from marketplace import clock

from .models import Job, JobState
from .tasks import wake_after_commit

logger = logging.getLogger(__name__)

Handler = Callable[[str, dict[str, Any]], None]
Prepare = Callable[[str, dict[str, Any]], dict[str, Any]]

MOST_ATTEMPTS = 5
LOOKS = 2.0  # seconds after which scheduled work is looked at again while jobs go on
_handlers: dict[str, Handler] = {}
_prepares: dict[str, Prepare] = {}
_patient: set[str] = set()
_schedules: list[Callable[[], None]] = []
_finishing = False


def handles(
    kind: str, *, prepare: Prepare | None = None, patient: bool = False
) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of a kind; it gets the job's key and payload.

    `prepare` gets them first, outside the transaction, and returns the payload that the handler is given. Jobs of a
    `patient` kind are done when no other is due.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        if prepare:
            _prepares[kind] = prepare
        if patient:
            _patient.add(kind)
        return handler

    return register


def on_every_run(function: Callable[[], None]) -> Callable[[], None]:
    """Register scheduled work: a cheap function, run each time `run_due` runs, that enqueues what is due."""
    _schedules.append(function)
    return function


def enqueue(
    *,
    kind: str,
    key: str,
    payload: dict[str, Any] | None = None,
    again: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Ask for a job once, from now or from `due_at` on. A job of the same kind and key that exists is left alone, or
    with `again` set anew."""
    enqueue_many(kind=kind, jobs=[(key, payload or {})], again=again, due_at=due_at)


def enqueue_many(
    *,
    kind: str,
    jobs: Iterable[tuple[str, dict[str, Any]]],
    again: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Ask for many jobs of one kind in one statement, in the order given."""
    due = due_at or clock.now()
    rows = [Job(kind=kind, key=key, payload=payload, due_at=due) for key, payload in jobs]
    if again:
        Job.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["payload", "state", "attempts", "due_at", "lease_until", "finished_at", "error"],
        )
    else:
        Job.objects.bulk_create(rows, ignore_conflicts=True)
    wake_after_commit()


def take_up(*kinds: str) -> None:
    """Set anew the jobs of these kinds that gave up, once the pause after their last attempt is over: for work that is
    owed to somebody however long others are away."""
    gave_up = Job.objects.filter(kind__in=kinds, state=JobState.FAILED, due_at__lte=clock.now())
    gave_up.update(state=JobState.WAITING, attempts=0)


def run_due(*, most: int | None = None) -> int:
    """Do every job that is due, oldest first, at most `most`; the number of jobs tried. Safe to run again.

    Scheduled work goes on meanwhile: a thousand jobs keep no mail waiting. After `finish` it does nothing.
    """
    tried, look_at = 0, 0.0
    while not _finishing:
        if time.monotonic() >= look_at:
            for schedule in _schedules:
                schedule()
            look_at = time.monotonic() + LOOKS
        if tried == most or not (job := _claim()):
            break
        _run(job)
        tried += 1
    return tried


def finish() -> None:
    """Let this process take no further job, wherever it is in `run_due`. Made for signal handlers."""
    global _finishing  # noqa: PLW0603  a plain flag: a lock could be held by what the signal interrupts
    _finishing = True


def finishing() -> bool:
    """Whether this process was told to end; scheduled work that takes long looks here between its parts."""
    return _finishing


def _claim() -> Job | None:
    """Take the oldest due job. The affected-row count decides between workers that saw the same row."""
    moment = clock.now()
    due = Q(state=JobState.WAITING, due_at__lte=moment) | Q(state=JobState.RUNNING, lease_until__lt=moment)
    while job := _first(due, _handlers.keys() - _patient) or _first(due, _patient):
        taken = Job.objects.filter(due, pk=job.pk, attempts=job.attempts).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=moment + timedelta(seconds=settings.WORK_LEASE_SECONDS),
        )
        if taken:
            job.attempts += 1
            return job
    return None


def _first(due: Q, kinds: Collection[str]) -> Job | None:
    return Job.objects.filter(due, kind__in=kinds).order_by("due_at", "id").first()


def _run(job: Job) -> None:
    """Run the handler and mark the job, in one transaction; a job lost to another worker changes nothing."""
    try:
        prepare = _prepares.get(job.kind)
        payload = prepare(job.key, job.payload) if prepare else job.payload
        with transaction.atomic():
            _handlers[job.kind](job.key, payload)
            marked = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(
                state=JobState.DONE, finished_at=clock.now(), lease_until=None, error=""
            )
            if not marked:
                raise LeaseLost(str(job))
    except LeaseLost:
        logger.warning("Job %s took longer than its lease and was given to another worker", job)
    except Exception as error:  # a handler may raise anything; the row keeps what it was
        logger.exception("Job %s failed", job)
        _give_back(job, error)


class LeaseLost(RuntimeError):
    """The job's lease ended while it ran, and another worker took it; what was written is rolled back."""


def _give_back(job: Job, error: Exception) -> None:
    again = job.attempts < MOST_ATTEMPTS
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=JobState.WAITING if again else JobState.FAILED,
        due_at=clock.now() + timedelta(seconds=10 * 3**job.attempts),
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
    )
