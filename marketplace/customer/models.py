"""Who wants to be told when something is in stock again: Oscar's alert."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractProductAlert

from marketplace import clock

OPEN = ("Unconfirmed", "Active")


class ProductAlert(AbstractProductAlert):  # type: ignore[misc]
    """One person waits for one bought product (a size, or a product without sizes).

    Of an account it is active at once; of a guest once the address is confirmed, until then nothing is sent but
    that question. Closed when the person was told. Oscar's `key` stays empty: our links are signed.
    """

    language = models.CharField(_("Ngôn ngữ"), max_length=8, default="vi")
    date_created = models.DateTimeField(_("Hỏi lúc"), default=clock.now, db_index=True)

    class Meta(AbstractProductAlert.Meta):  # type: ignore[misc]
        abstract = False
        ordering = ["-date_created", "-id"]
        verbose_name = _("Lời nhờ báo khi có hàng")
        verbose_name_plural = _("Lời nhờ báo khi có hàng")
        indexes = [models.Index(fields=["product", "date_confirmed", "id"], name="alert_waiting",
                                condition=Q(status="Active"))]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["product", "user"],
                condition=Q(status__in=OPEN, user__isnull=False),
                name="alert_once_per_account",
            ),
            models.UniqueConstraint(
                fields=["product", "email"],
                condition=Q(status__in=OPEN) & ~Q(email=""),
                name="alert_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="")
                | Q(user__isnull=True) & ~Q(email="")
                | ~Q(status__in=OPEN),
                name="alert_of_an_account_or_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(status="Active") | Q(date_confirmed__isnull=False),
                name="alert_active_once_confirmed",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As it is; Oscar's would make keys and ask the system for the time."""
        models.Model.save(self, *args, **kwargs)


from oscar.apps.customer.models import *  # noqa: E402, F403
