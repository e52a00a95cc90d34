"""Scheduled work of the outbox. The worker looks every second."""

import logging
import time
from typing import Any

from marketplace import clock
from marketplace.work.models import Job
from marketplace.work.queue import enqueue, handles, on_every_run

from .delivery import deliver_due
from .forgetting import forget_old
from .server import ServerAway

logger = logging.getLogger(__name__)
FORGET = "communication.forget"
FIRST_REST, LONGEST_REST = 15.0, 120.0


class Rest:
    """How long this process leaves a mail server alone that was away: longer each time in a row."""

    def __init__(self) -> None:
        self._until, self._next = 0.0, FIRST_REST

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self._until

    def begin(self) -> None:
        self._until = time.monotonic() + self._next
        self._next = min(self._next * 2, LONGEST_REST)

    def end(self) -> None:
        self._until, self._next = 0.0, FIRST_REST


rest = Rest()


@on_every_run
def deliver_messages() -> None:
    """Send what waits; while the mail server is away, messages wait and nothing is lost."""
    if rest.goes_on:
        return
    try:
        tried = deliver_due()
    except ServerAway as error:
        rest.begin()
        logger.warning("Mail waits for its server: %s", error)
    else:
        if tried:
            rest.end()


@on_every_run
def ask_to_forget() -> None:
    """Once a day."""
    day = clock.today().isoformat()
    if not Job.objects.filter(kind=FORGET, key=day).exists():
        enqueue(kind=FORGET, key=day)


@handles(FORGET)
def forget(key: str, payload: dict[str, Any]) -> None:
    forget_old(moment=clock.now())
