"""What the lists of wishes know of a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import Line, WishList


def _export(person: Person) -> list[Any]:
    mine = Line.objects.filter(wishlist__owner_id=person.user_id)
    return list(mine.values("title", "product_id", "added_at"))


def _erase(person: Person, moment: datetime) -> None:
    WishList.objects.filter(owner_id=person.user_id).delete()


def register_own() -> None:
    register("wishes", title=_("Yêu thích"), export=_export, erase=_erase)
