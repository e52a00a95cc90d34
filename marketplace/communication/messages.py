"""The one kind of message that no other package has: a mail that staff send to themselves, to see that mail arrives."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from marketplace.clock import VIETNAM

from .kinds import Context, Kind, register
from .outbox import post

TRIAL = "trial"


def send_trial(*, user: Any, moment: datetime, language: str) -> None:
    """Let a mail go to the user's own address."""
    day = moment.astimezone(VIETNAM).date().isoformat()
    key = f"{TRIAL}:{user.pk}:{moment.isoformat()}"
    post(kind=TRIAL, key=key, data={"user": user.pk, "day": day}, to=user.email, language=language)


def _context(data: Mapping[str, Any]) -> Context | None:
    user = get_user_model().objects.filter(pk=data["user"]).first()
    return user and {"name": str(user), "day": date.fromisoformat(data["day"])}


def _sample() -> Context:
    return {"name": "Nguyễn Thị Hoài Thương", "day": date(2026, 11, 27)}


register(Kind(name=TRIAL, title=_("Thư thử"), context=_context, sample=_sample))
