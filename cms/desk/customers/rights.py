"""Who may see customers, and take their list along."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

VIEW = "accounts.view_user"


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited, beside its own rights about users."""
    return Permission.objects.filter(content_type__app_label="accounts", codename="view_user")
