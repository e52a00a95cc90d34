"""The inbox of webhooks: what a provider told, kept before anything is done with it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    DONE = "done", _("đã xong")
    IGNORED = "ignored", _("không liên quan")
    FAILED = "failed", _("không xử lý được")


class ProviderEvent(models.Model):
    """One event, known by the provider's id for it: told twice, kept once. `error` says why it could not be used."""

    key = models.CharField(_("Mã sự kiện"), max_length=255, unique=True)
    type = models.CharField(_("Loại"), max_length=100)
    payload: models.JSONField[Any, Any] = models.JSONField(_("Nội dung"))
    received_at = models.DateTimeField(_("Nhận lúc"))
    state = models.CharField(
        _("Tình trạng"), max_length=8, choices=EventState.choices, default=EventState.WAITING
    )
    error = models.TextField(_("Lỗi"), blank=True)

    class Meta:
        verbose_name = _("Sự kiện thanh toán")
        verbose_name_plural = _("Các sự kiện thanh toán")
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.type} ({self.state})"
