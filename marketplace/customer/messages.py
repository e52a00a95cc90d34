"""What those who wait are told: one question, whether they want to wait, and one notice that it is back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.communication.outbox import post

from .links import cancel_link, confirm_link
from .models import ProductAlert

CONFIRM, BACK = "alert_confirm", "back_in_stock"


def ask_to_confirm(alert: ProductAlert, *, day: date) -> None:
    """Once a day at most, however often it is asked for."""
    key = f"{CONFIRM}:{alert.pk}:{day.isoformat()}"
    post(kind=CONFIRM, key=key, data={"alert": alert.pk}, to=alert.email, language=alert.language)


def tell_back(alert: ProductAlert) -> None:
    """Once, in the transaction that closes the alert."""
    to = alert.user.email if alert.user else alert.email
    key = f"{BACK}:{alert.pk}"
    post(
        kind=BACK,
        key=key,
        data={"alert": alert.pk},
        to=to or "",
        user_id=alert.user_id,
        language=alert.language,
    )


def _found(data: Mapping[str, Any], status: str) -> ProductAlert | None:
    rows = ProductAlert.objects.select_related(
        "product__parent__producer__partner", "product__producer__partner"
    )
    found: ProductAlert | None = rows.filter(pk=data["alert"], status=status).first()
    return found


def _facts(alert: ProductAlert) -> Context:
    product = alert.product
    return {
        "product": product.listed.title,
        "size": product.net_quantity if product.is_child else "",
        "maker": product.listed.producer.name,
        "cancel": cancel_link(alert.pk),
    }


def _confirm(data: Mapping[str, Any]) -> Context | None:
    alert = _found(data, ProductAlert.UNCONFIRMED)
    return alert and _facts(alert) | {"link": confirm_link(alert.pk)}


def _back(data: Mapping[str, Any]) -> Context | None:
    alert = _found(data, ProductAlert.CLOSED)
    if alert is None or not alert.product.listed.is_public or alert.product.is_alcohol:
        return None
    return _facts(alert) | {"link": alert.product.get_absolute_url()}


def _sample() -> Context:
    return {
        "product": "Chè Shan tuyết Phìn Hồ",
        "size": "Hộp 200 g",
        "maker": "Hợp tác xã chế biến chè Phìn Hồ",
        "link": reverse("search:browse"),
        "cancel": reverse("customer:alert_cancel", kwargs={"token": "mau"}),
    }


register(Kind(name=CONFIRM, title=_("Xác nhận muốn được báo khi có hàng"), context=_confirm, sample=_sample))
register(Kind(name=BACK, title=_("Hàng đã có lại"), context=_back, sample=_sample))
