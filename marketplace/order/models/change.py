"""Who changed something of an order, in which part, and for whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """In which part somebody changes an order."""

    BUYER = "buyer", _("người mua")
    PRODUCER = "producer", _("nhà sản xuất")
    STAFF = "staff", _("nhân viên Chợ")
    SYSTEM = "system", _("hệ thống")


class Change(models.Model):
    """What a recorded change of state has in common, whatever it changed. Rows are written once and never changed."""

    at = models.DateTimeField(_("Lúc"))
    role = models.CharField(_("Vai trò"), max_length=8, choices=Role.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người làm"),
    )
    acting_for: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Làm thay cho"),
    )

    class Meta:
        abstract = True
