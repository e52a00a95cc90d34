from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marketplace.communication import jobs, kinds
from marketplace.communication.kinds import Kind
from tests.communication import smtp_server


@pytest.fixture
def server(settings: Any) -> Iterator[smtp_server.MailServer]:
    """A mail server that the shop uses, and does not wait for long."""
    with smtp_server.mail_server() as running:
        settings.EMAIL_BACKEND = "marketplace.communication.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 1
        yield running


@pytest.fixture(autouse=True)
def as_if_just_started() -> Iterator[None]:
    """What a worker remembers between its looks."""
    yield
    jobs.rest.end()
    jobs.forgetting.done_on = None


@pytest.fixture
def odd(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of message that puts whatever it is given into subject and bodies."""
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], Path(__file__).with_name("templates")]}, *others]
    kind = Kind(name="odd", title="odd", context=lambda data: data or None, sample=dict)
    monkeypatch.setitem(kinds._kinds, "odd", kind)
