"""The connection: one client a process for each time-out, made from the settings, and the errors it may end in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

logging.getLogger("elastic_transport").setLevel(logging.WARNING)

BUSY = (429, 502, 503, 504)
"""Answers that say "not now": the node is overloaded, starting or shutting down."""


class Unavailable(RuntimeError):
    """Elasticsearch does not answer, or not now. What was asked can be asked again later."""


class Refused(RuntimeError):
    """Elasticsearch answers that it will not do this: asking again does not help."""


def client(*, seconds: float | None = None) -> Elasticsearch:
    """The client for searches, or one that waits `seconds`, for rebuilding."""
    return _client(settings.ELASTICSEARCH_URL, seconds or settings.ELASTICSEARCH_TIMEOUT)


@lru_cache(maxsize=8)
def _client(url: str, seconds: float) -> Elasticsearch:
    options: dict[str, Any] = {"request_timeout": seconds, "retry_on_timeout": False, "max_retries": 0}
    if settings.ELASTICSEARCH_API_KEY:
        options["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA:
        options["ca_certs"] = settings.ELASTICSEARCH_CA
    return Elasticsearch(url, http_compress=False, connections_per_node=8, **options)


@contextmanager
def errors() -> Iterator[None]:
    """Turn what the client raises into Unavailable or Refused."""
    try:
        yield
    except TransportError as error:
        raise Unavailable(f"{type(error).__name__}: {error.message}") from error
    except ApiError as error:
        kind = Unavailable if error.meta.status in BUSY else Refused
        raise kind(f"{error.meta.status} {error.message}") from error
