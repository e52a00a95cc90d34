"""Readers report what should not stand in public: reviews, and questions with their answers. No account is needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marketplace.accounts.origin import place_of

from .reasons import Reason

WITHIN = timedelta(hours=1)
MOST_OF_ONE_READER = 5
MOST_OF_ONE_PLACE = 60
"""Many readers may share one address, behind a company's or a carrier's gate."""


class TooManyReports(ValueError):
    """This reader, or this address, has reported a lot within the hour."""


@dataclass(frozen=True)
class Reporter:
    """Who reports, as hashes: of the account or the session, and of the address."""

    reader: str
    origin: str


def reporter_of(request: HttpRequest) -> Reporter:
    """The visitor; a guest is given a session, so that the same one is known again."""
    if request.user.is_authenticated:
        reader = f"account {request.user.pk}"
    else:
        if not request.session.session_key:
            request.session.create()
        reader = f"session {request.session.session_key}"
    return Reporter(_hashed(reader), _hashed(f"address {place_of(request)}"))


def report(*, target: Any, by: Reporter, reason: Reason, text: str, moment: datetime) -> None:
    """Put `target` (it has `reports`) before the moderators. Told twice by the same reader it is kept once.

    Raises TooManyReports.
    """
    recent = target.reports.model.objects.filter(reported_at__gt=moment - WITHIN)
    if (
        recent.filter(reporter=by.reader).count() >= MOST_OF_ONE_READER
        or recent.filter(origin=by.origin).count() >= MOST_OF_ONE_PLACE
    ):
        raise TooManyReports(_("Bạn vừa báo nhiều lần. Một giờ nữa bạn báo tiếp nhé."))
    try:
        with transaction.atomic():
            target.reports.create(
                reason=reason, text=text, reporter=by.reader, origin=by.origin, reported_at=moment
            )
    except IntegrityError:
        return  # this reader's earlier report is still open


def _hashed(text: str) -> str:
    return salted_hmac("marketplace.reviews.reporting", text).hexdigest()[:40]
