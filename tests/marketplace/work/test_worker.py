import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from marketplace.audit.models import Entry
from marketplace.work.models import Job, JobState
from marketplace.work.queue import enqueue, enqueue_many

PROGRAM = Path(__file__).with_name("slow_worker.py")


def worker(sign: Path, seconds: float) -> subprocess.Popen[bytes]:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{settings['NAME']}"
    else:
        address = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "WORK_LEASE_SECONDS": "2",
    }
    return subprocess.Popen([sys.executable, PROGRAM, sign, str(seconds)], env=environment)


def wait_for(condition: Callable[[], Any], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_done_once_after_the_restart(tmp_path: Path) -> None:
    enqueue(kind="test.dawdle", key="a")
    first = worker(tmp_path / "begun", seconds=60)
    wait_for((tmp_path / "begun").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not Entry.objects.filter(action="test.dawdle").exists()

    second = worker(tmp_path / "again", seconds=0)
    try:
        wait_for(lambda: Job.objects.get(kind="test.dawdle").state == JobState.DONE)
    finally:
        second.terminate()
        second.wait()
    assert Entry.objects.filter(action="test.dawdle").count() == 1
    assert Job.objects.get(kind="test.dawdle").attempts == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_end_finishes_its_job_and_takes_no_other(tmp_path: Path) -> None:
    enqueue_many(kind="test.dawdle", jobs=[("a", {}), ("b", {})])
    running = worker(tmp_path / "begun", seconds=1)
    try:
        wait_for((tmp_path / "begun").exists)
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    finally:
        running.kill()
    states = dict(Job.objects.filter(kind="test.dawdle").values_list("key", "state"))
    assert states == {"a": JobState.DONE, "b": JobState.WAITING}
