"""What the outbox and the notifications know of a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .forgetting import forget_person, told
from .models import Notification


def _addresses(person: Person) -> list[str]:
    return [person.email, *person.emails]


def _export(person: Person) -> dict[str, Any]:
    messages = told(user_id=person.user_id, addresses=_addresses(person))
    notifications = Notification.objects.filter(recipient_id=person.user_id)
    return {
        "messages": list(messages.values("kind", "to", "language", "state", "created_at")),
        "notifications": list(notifications.values("subject", "link", "date_sent", "date_read")),
    }


def _erase(person: Person, moment: datetime) -> None:
    forget_person(user_id=person.user_id, addresses=_addresses(person), moment=moment)


def register_own() -> None:
    register("messages", title=_("Thư và thông báo"), export=_export, erase=_erase)
