"""Who may see messages, and who may have them sent again."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

VIEW = "communication.view_message"
SEND = "communication.send_messages_again"


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in (VIEW, SEND)]
    return Permission.objects.filter(content_type__app_label="communication", codename__in=names)
