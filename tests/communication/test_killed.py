"""Real workers that are killed while they send, and what has arrived in the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from marketplace.communication.models import Message, MessageState
from tests.communication.posting import post_trial
from tests.communication.smtp_server import HANG, MailServer, mail_server

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
MANAGED = (ROOT / "manage.py", "worker")
DAWDLING = Path(__file__).with_name("dawdling_worker.py")
LEASE = 2


@contextmanager
def worker(port: int, *program: Any) -> Iterator[subprocess.Popen[bytes]]:
    settings = connection.settings_dict
    address = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    if connection.vendor == "sqlite":
        address = f"sqlite:///{settings['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.communication.mailing_settings",
        "PYTHONPATH": str(ROOT),
        "EMAIL_PORT": str(port),
        "WORK_LEASE_SECONDS": str(LEASE),
    }
    process = subprocess.Popen([sys.executable, *(program or MANAGED)], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], Any], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def killed_at(server: MailServer, stage: str) -> None:
    """A worker has come so far with the server, and is no more."""
    server.faults[stage] = HANG
    with worker(server.port) as first:
        wait_for(server.reached[stage].is_set)
        first.send_signal(signal.SIGKILL)
        first.wait()
    server.is_well()


def state_after_another_worker(server: MailServer, message: Message) -> str:
    """How the message stands when another worker has had the time to do what it will."""
    later = post_trial("later@example.com")
    with worker(server.port):
        wait_for(
            lambda: Message.objects.filter(ended_at__isnull=False, pk__in=[message.pk, later.pk]).count() == 2
        )
        time.sleep(2 * LEASE)
    return Message.objects.get(pk=message.pk).state


def arrivals(server: MailServer, message: Message) -> int:
    """How often a message has arrived at the server."""
    return sum(arrived.to == f"TO:<{message.to}>" for arrived in server.arrived)


@pytest.mark.parametrize("stage", ["GREETING", "MAIL", "RCPT"])
def test_a_worker_killed_before_the_content_leaves_is_made_up_for(stage: str) -> None:
    message = post_trial()
    with mail_server() as server:
        killed_at(server, stage)
        assert Message.objects.get(pk=message.pk).state == MessageState.WAITING
        assert state_after_another_worker(server, message) == MessageState.SENT
        assert arrivals(server, message) == 1


@pytest.mark.parametrize(("keeps", "times"), [(True, 1), (False, 0)])
def test_a_worker_killed_before_the_answer_leaves_it_to_staff(keeps: bool, times: int) -> None:
    message = post_trial()
    with mail_server() as server:
        server.keeps = keeps
        killed_at(server, "CONTENT")
        assert Message.objects.get(pk=message.pk).state == MessageState.SENDING
        assert state_after_another_worker(server, message) == MessageState.UNCERTAIN
        assert arrivals(server, message) == times


def test_a_worker_killed_after_the_answer_leaves_it_to_staff_too(tmp_path: Path) -> None:
    message = post_trial()
    with mail_server() as server:
        with worker(server.port, DAWDLING, tmp_path / "taken") as first:
            wait_for((tmp_path / "taken").exists)
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert state_after_another_worker(server, message) == MessageState.UNCERTAIN
        assert arrivals(server, message) == 1


def test_two_workers_send_each_message_once() -> None:
    posted = [post_trial(f"{number}@example.com") for number in range(30)]
    with mail_server() as server, worker(server.port), worker(server.port):
        server.crowd = 2
        wait_for(lambda: Message.objects.filter(state=MessageState.SENT).count() == len(posted))
        assert sorted(arrived.to for arrived in server.arrived) == sorted(f"TO:<{row.to}>" for row in posted)
