"""What producers' rows know of a person: where they work or worked."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace import clock
from marketplace.accounts.privacy import Person, register

from .models import Membership


def _export(person: Person) -> list[Any]:
    mine = Membership.objects.filter(user_id=person.user_id)
    return list(mine.values("producer__partner__name", "role", "since", "until"))


def _stops(person: Person) -> list[str]:
    open_ones = Q(until__isnull=True) | Q(until__gte=clock.today())
    mine = Membership.objects.filter(open_ones, user_id=person.user_id).select_related("producer__partner")
    words = _(
        "Bạn đang là người của %(name)s trên Chợ. Bạn nhờ nhà sản xuất hoặc nhân viên Chợ rút tên trước."
    )
    return [words % {"name": row.producer.name} for row in mine]


def register_own() -> None:
    register("memberships", title=gettext_lazy("Nhà sản xuất"), export=_export, stops=_stops)
