"""Scheduled work of the outbox. The worker looks every second."""

import logging
import time
from datetime import date

from marketplace import clock
from marketplace.work.queue import on_every_run

from .delivery import deliver_due
from .forgetting import forget_old
from .server import ServerAway

logger = logging.getLogger(__name__)
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


class Daily:
    """What this process has done today is not due again before tomorrow."""

    def __init__(self) -> None:
        self.done_on: date | None = None

    def is_due(self, today: date) -> bool:
        due, self.done_on = self.done_on != today, today
        return due


forgetting = Daily()


@on_every_run
def forget_what_is_old() -> None:
    """Every process once a day: what another one has forgotten already costs a look."""
    if forgetting.is_due(clock.today()):
        forget_old(moment=clock.now())
