"""What questions know of a person. Answered ones stay for other buyers, without name; the others go."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import Question, State


def _export(person: Person) -> list[Any]:
    own = Question.objects.filter(user_id=person.user_id)
    return list(own.values("product_id", "text", "name", "asked_at", "state", "answer"))


def _erase(person: Person, moment: datetime) -> None:
    own = Question.objects.filter(user_id=person.user_id)
    own.filter(state__in=[State.WAITING, State.DECLINED]).delete()
    with override("vi"):
        nobody = gettext("Người mua")
    own.update(user=None, name=nobody)


def register_own() -> None:
    register("questions", title=_("Câu hỏi"), export=_export, erase=_erase)
