"""What the outbox forgets, and when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from .models import ENDED, Message, Notification


def forget_old(*, moment: datetime) -> None:
    """After MESSAGES_KEPT_DAYS nobody can see from a message whom it told of what; notifications are deleted."""
    cut = moment - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    _forget(Message.objects.filter(created_at__lt=cut), moment)
    Notification.objects.filter(date_sent__lt=cut).delete()


def forget_person(*, user_id: int, addresses: Collection[str], moment: datetime) -> None:
    """The same for all that a person was told, by account or address. What is still to be told is told first."""
    told = Q(user=user_id) | Q(to__in=[address for address in addresses if address])
    _forget(Message.objects.filter(told), moment)
    Notification.objects.filter(recipient=user_id).delete()


def _forget(messages: QuerySet[Message], moment: datetime) -> None:
    messages.filter(state__in=ENDED, forgotten_at=None).update(
        to="", user=None, data={}, error="", forgotten_at=moment
    )
