"""What the outbox and the notifications know of a person."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import ENDED, Message, Notification


def _messages(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(
        Q(user_id=person.user_id) | Q(to__in=[person.email, *person.emails], to__gt="")
    )


def _export(person: Person) -> dict[str, Any]:
    notifications = Notification.objects.filter(recipient_id=person.user_id)
    return {
        "messages": list(_messages(person).values("kind", "to", "language", "state", "created_at")),
        "notifications": list(notifications.values("subject", "link", "date_sent", "date_read")),
    }


def _erase(person: Person, moment: datetime) -> None:
    """What waits is not sent; of what was, the row stays without its address, so that nothing is told twice."""
    mine = _messages(person)
    mine.exclude(state__in=ENDED).delete()
    mine.update(to="", error="", user=None, forgotten_at=moment)
    Notification.objects.filter(recipient_id=person.user_id).delete()


def register_own() -> None:
    register("messages", title=_("Thư và thông báo"), export=_export, erase=_erase)
