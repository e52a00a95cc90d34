"""What the baskets know of a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import Basket, Line


def _export(person: Person) -> list[Any]:
    mine = Line.objects.filter(basket__owner_id=person.user_id).order_by("pk")
    return [
        {
            "product": line.product.listed.title,
            "quantity": line.quantity,
            "added": line.date_created,
            "basket": line.basket.status,
        }
        for line in mine.select_related("product__parent", "basket")
    ]


def _erase(person: Person, moment: datetime) -> None:
    """A basket that became an order stays behind it, nobody's."""
    mine = Basket.objects.filter(owner_id=person.user_id)
    mine.filter(status=Basket.SUBMITTED).update(owner=None)
    mine.exclude(status=Basket.SUBMITTED).delete()


def register_own() -> None:
    register("baskets", title=_("Giỏ hàng"), export=_export, erase=_erase)
