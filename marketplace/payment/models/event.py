"""The inbox of webhooks: what a provider told, kept before anything is done with it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    DONE = "done", _("đã xong")
    IGNORED = "ignored", _("không liên quan")
    FAILED = "failed", _("không xử lý được")


class ProviderEvent(models.Model):
    """One event, known by the provider's id for it: told twice, kept once. `error` says why it could not be used, and
    staff note what they did about it.

    `matter` is what a failed one could not be used for, Stripe's id of it: one thing is for staff to look at once, however
    many events tell of it, and whoever finds it (unusable.py).

    Of the payload only what is needed is kept (events.needed): what a provider tells names persons and cards.
    """

    key = models.CharField(_("Mã sự kiện"), max_length=255, unique=True)
    type = models.CharField(_("Loại"), max_length=100)
    payload: models.JSONField[Any, Any] = models.JSONField(_("Nội dung"))
    received_at = models.DateTimeField(_("Nhận lúc"))
    state = models.CharField(
        _("Tình trạng"), max_length=8, choices=EventState.choices, default=EventState.WAITING
    )
    error = models.TextField(_("Lỗi"), blank=True)
    matter = models.CharField(_("Về"), max_length=255, unique=True, null=True, blank=True)
    seen_at = models.DateTimeField(_("Xem lúc"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người xem"),
    )
    seen_note = models.CharField(_("Đã làm gì"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Sự kiện thanh toán")
        verbose_name_plural = _("Các sự kiện thanh toán")
        ordering = ["received_at", "id"]
        permissions = [("handle_events", _("Xử lý sự kiện thanh toán không dùng được"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.type} ({self.state})"
