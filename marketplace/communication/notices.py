"""Notifications on the pages of whoever is signed in."""

from datetime import datetime

from django.db.models import QuerySet

from .models import Message, Notification
from .rendering import Rendered


def notify(message: Message, rendered: Rendered) -> None:
    """Show a message on its user's pages; a message that is shown already is left alone."""
    notification = Notification(
        recipient_id=message.user_id,
        message=message,
        subject=rendered.subject,
        link=rendered.link,
        language=message.language,
    )
    Notification.objects.bulk_create([notification], ignore_conflicts=True)


def of_user(user_id: int) -> QuerySet[Notification]:
    """What a person may see, newest first."""
    found: QuerySet[Notification] = Notification.objects.filter(recipient_id=user_id)
    return found


def unread(user_id: int) -> QuerySet[Notification]:
    return of_user(user_id).filter(date_read=None)


def read(*, user_id: int, moment: datetime, pk: int | None = None) -> None:
    """Mark one notification of a person as read, or all; when it was read first stays."""
    rows = unread(user_id)
    (rows if pk is None else rows.filter(pk=pk)).update(date_read=moment)
