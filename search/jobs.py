"""Scheduled work of search: what changed goes to Elasticsearch, old counts go. The worker looks every second."""

import logging

from django.conf import settings

from marketplace import clock
from marketplace.work.queue import on_every_run
from search.elastic.breaker import breaker
from search.elastic.client import Refused, Unavailable
from search.elastic.delivery import deliver_all
from search.log import forget_old

logger = logging.getLogger(__name__)
AT_ONCE = 10_000
"""Rows of one look, so that a mass of changes lets other work pass in between."""


@on_every_run
def deliver_changes() -> None:
    """Deliver what waits; while Elasticsearch is away, rows wait and nothing is lost."""
    if not settings.ELASTICSEARCH_URL or not breaker.may_ask():
        return
    try:
        deliver_all(most=AT_ONCE)
    except (Unavailable, Refused) as error:
        breaker.failed()
        logger.warning("Changes wait for Elasticsearch: %s", error)
    else:
        breaker.answered()


@on_every_run
def forget_searches() -> None:
    forget_old(today=clock.today())
