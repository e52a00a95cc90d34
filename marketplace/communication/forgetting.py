"""What the outbox forgets, and when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from . import kinds
from .models import ENDED, Message, MessageState, Notification

FAREWELL_KEPT = timedelta(days=7)
"""In which staff can send again what did not arrive."""


def forget_old(*, moment: datetime) -> None:
    """After MESSAGES_KEPT_DAYS nobody can see from a message whom it told of what, of a farewell after FAREWELL_KEPT;
    notifications are deleted."""
    cut = moment - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    _forget(Message.objects.filter(created_at__lt=cut), moment)
    farewells = [kind.name for kind in kinds.every() if kind.farewell]
    _forget(Message.objects.filter(kind__in=farewells, created_at__lt=moment - FAREWELL_KEPT), moment)
    Notification.objects.filter(date_sent__lt=cut).delete()


def told(*, user_id: int, addresses: Collection[str]) -> QuerySet[Message]:
    """What a person was told, or is to be told, by account or address, whatever its case."""
    known = [address.lower() for address in addresses if address]
    return Message.objects.alias(lowered=Lower("to")).filter(Q(user=user_id) | Q(lowered__in=known))


def forget_person(*, user_id: int, addresses: Collection[str], moment: datetime) -> None:
    """What waits is not sent any more; what was told is forgotten, but for its key, so that nothing is told twice."""
    mine = told(user_id=user_id, addresses=addresses)
    mine.filter(state=MessageState.WAITING).update(state=MessageState.DROPPED, ended_at=moment)
    _forget(mine, moment)
    Notification.objects.filter(recipient=user_id).delete()


def _forget(messages: QuerySet[Message], moment: datetime) -> None:
    messages.filter(state__in=ENDED, forgotten_at=None).update(
        to="", user=None, data={}, error="", forgotten_at=moment
    )
