"""What Wagtail's log of changes knows of a person: how their account was called whenever staff changed it."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from marketplace.accounts.models import User
from marketplace.accounts.privacy import Person, register

NOBODY = "–"


def _entries(person: Person) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(User)
    rows: QuerySet[Any] = ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.user_id))
    return rows


def _export(person: Person) -> list[Any]:
    return list(_entries(person).values("action", "timestamp"))


def _erase(person: Person, moment: datetime) -> None:
    _entries(person).update(label=NOBODY)


def register_own() -> None:
    register("changes_by_staff", title=_("Nhân viên sửa tài khoản"), export=_export, erase=_erase)
