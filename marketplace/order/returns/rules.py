"""Which reasons there are to return goods, and what follows from each; the days come from the settings.

Source of the rules: docs/adr/0013, and the shop's page /tro-giup/doi-tra/, which says the same to buyers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.clock import VIETNAM


class Reason(models.TextChoices):
    """Why somebody gives goods back."""

    DAMAGED = "damaged", _("Hỏng, vỡ khi giao đến")
    WRONG = "wrong", _("Giao sai hàng, sai quy cách")
    NOT_AS_DESCRIBED = "not_as_described", _("Không đúng mô tả")
    MISSING = "missing", _("Thiếu hàng")
    SPOILED = "spoiled", _("Hết hạn, mốc hoặc không còn tươi")
    HIDDEN = "hidden", _("Lỗi không thể thấy ngay khi nhận")
    CHANGED_MIND = "changed_mind", _("Tôi đổi ý")


@dataclass(frozen=True)
class Rule:
    """`fault`: producer or carrier is to blame, so the buyer gets the share of shipping too, and pays no postage.

    `hidden`: nobody could see it at once, so there is more time. `keeps`: only for goods that keep (no fresh or
    living ones). `comes_back`: there is something that could be sent back.
    """

    fault: bool = True
    hidden: bool = False
    keeps: bool = False
    comes_back: bool = True

    @property
    def window(self) -> timedelta:
        """How long after delivery one may ask."""
        return timedelta(
            days=settings.RETURN_HIDDEN_FAULT_DAYS if self.hidden else settings.RETURN_WINDOW_DAYS
        )


RULES: dict[Reason, Rule] = {
    Reason.DAMAGED: Rule(),
    Reason.WRONG: Rule(),
    Reason.NOT_AS_DESCRIBED: Rule(),
    Reason.MISSING: Rule(comes_back=False),
    Reason.SPOILED: Rule(),
    Reason.HIDDEN: Rule(hidden=True),
    Reason.CHANGED_MIND: Rule(fault=False, keeps=True),
}

#: Reasons with which the shipping is given back.
FAULTS = tuple(reason for reason, rule in RULES.items() if rule.fault)


def answer_due(moment: datetime) -> datetime:
    """The end of the last working day (Monday to Friday, in Vietnam) on which the producer may answer."""
    day, left = moment.astimezone(VIETNAM).date(), settings.RETURN_ANSWER_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return _end(day)


def escalation_due(moment: datetime) -> datetime:
    """The end of the last day, in Vietnam, on which the buyer may ask the shop after the producer declined."""
    return _end(moment.astimezone(VIETNAM).date() + timedelta(days=settings.RETURN_ESCALATION_DAYS))


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=VIETNAM)
