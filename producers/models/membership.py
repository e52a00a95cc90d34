"""A producer's people. This is the one list of them; Oscar's `Partner.users` stays empty."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock

from .producer import Producer


class Role(models.TextChoices):
    OWNER = "owner", _("chủ")
    MANAGER = "manager", _("quản lý")
    STAFF = "staff", _("nhân viên")


class Membership(models.Model):
    """One person's role with one producer, from a day on and maybe to a day, both inclusive."""

    producer = models.ForeignKey(
        Producer, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Nhà sản xuất")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("Người dùng"),
    )
    role = models.CharField(_("Vai trò"), max_length=8, choices=Role.choices)
    since = models.DateField(_("Từ ngày"), default=clock.today)
    until = models.DateField(_("Đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("Thành viên")
        verbose_name_plural = _("Thành viên")
        ordering = ["producer", "since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_until_after_since",
            ),
            models.UniqueConstraint(
                fields=["producer", "user"],
                condition=Q(until__isnull=True),
                name="membership_one_open_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.producer} ({self.role})"
