"""Who may do what with orders; the rights are given to groups in Wagtail's settings."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.auth import permission_required as needs
from wagtail.admin.menu import MenuItem

VIEW = "order.view_order"
MOVE = "order.move_parcels"
CANCEL = "order.cancel_parcels"
EXPORT = "order.export_orders"

__all__ = ["CANCEL", "EXPORT", "MOVE", "VIEW", "ItemOfRight", "needs", "registered"]


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in (VIEW, MOVE, CANCEL, EXPORT)]
    return Permission.objects.filter(
        content_type__app_label="order", content_type__model="order", codename__in=names
    )


class ItemOfRight(MenuItem):  # type: ignore[misc]
    """An entry of the menu that only they see who may open it."""

    def __init__(self, *args: Any, right: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.right))
