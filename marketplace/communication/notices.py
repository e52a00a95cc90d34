"""Notifications on the pages of whoever is signed in."""

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
