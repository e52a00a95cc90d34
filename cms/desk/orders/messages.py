"""The message that staff send when somebody has lost the mail with the link of their order."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.audit.models import record
from marketplace.communication.kinds import Context, Kind, register
from marketplace.order.messages import order_facts, tell_buyer
from marketplace.order.models import Order

LINK = "order_link"
SENT = "order_link_sent"


@transaction.atomic
def send_link(*, order: Order, actor: Any, moment: datetime) -> bool:
    """Send the buyer the link of the order, once a minute at most; False where there is no address to send it to."""
    if not order.email:
        return False
    key = f"{LINK}:{order.pk}:{moment:%Y%m%d%H%M}"
    tell_buyer(order, kind=LINK, key=key, data={"order": order.pk})
    record(action=SENT, target=order, actor=actor)
    return True


def _context(data: Mapping[str, Any]) -> Context | None:
    order = Order.objects.select_related("shipping_address").filter(pk=data["order"]).first()
    return order and order_facts(order) | {"placed": order.date_placed}


def _sample() -> Context:
    return {
        "number": "OC261124-7K3QX",
        "name": "Nguyễn Thị Hoài Thương",
        "link": reverse("order:detail", kwargs={"token": "mau"}),
        "placed": date(2026, 11, 24),
    }


register(Kind(name=LINK, title=_("Gửi lại liên kết theo dõi đơn"), context=_context, sample=_sample))
