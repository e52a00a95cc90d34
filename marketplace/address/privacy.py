"""What the address book knows of a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .book import book_of
from .models import UserAddress


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "name": address.first_name,
            "phone": address.phone_text,
            "street": address.line1,
            "place": address.place,
            "former_address": address.former_address,
            "default": address.is_default_for_shipping,
            "added": address.date_created,
        }
        for address in book_of(person.user_id)
    ]


def _erase(person: Person, moment: datetime) -> None:
    UserAddress.objects.filter(user_id=person.user_id).delete()


def register_own() -> None:
    register("addresses", title=_("Sổ địa chỉ"), export=_export, erase=_erase)
