"""Who may see requests and act on them; one right for both, since pictures and words are private."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

HANDLE = "order.handle_returns"


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    return Permission.objects.filter(content_type__app_label="order", codename=HANDLE.split(".")[1])
