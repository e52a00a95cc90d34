"""Who may see payments, give money back, make the transfers, and work off events; each a right of its own."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

VIEW = "payment.view_payment"
GRANT = "payment.grant_refunds"
TRANSFER = "payment.transfer_refunds"
EVENTS = "payment.handle_events"


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in (VIEW, GRANT, TRANSFER, EVENTS)]
    return Permission.objects.filter(
        content_type__app_label="payment",
        content_type__model__in=["payment", "refund", "providerevent"],
        codename__in=names,
    )
