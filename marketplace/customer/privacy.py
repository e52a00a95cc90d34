"""What somebody waits for, of the account and of its confirmed addresses."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import ProductAlert


def _own(person: Person) -> "QuerySet[Any]":
    addresses = [email.lower() for email in person.emails]
    rows: QuerySet[Any] = ProductAlert.objects.filter(Q(user_id=person.user_id) | Q(email__in=addresses))
    return rows


def _export(person: Person) -> list[Any]:
    return list(_own(person).values("product_id", "status", "email", "date_created", "date_closed"))


def _erase(person: Person, moment: datetime) -> None:
    _own(person).delete()


def register_own() -> None:
    register("alerts", title=_("Lời nhờ báo khi có hàng"), export=_export, erase=_erase)
