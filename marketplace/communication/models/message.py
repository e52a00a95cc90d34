"""The outbox: one row for each thing that somebody is to be told."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class MessageState(models.TextChoices):
    WAITING = "waiting", _("đang chờ gửi")
    SENDING = "sending", _("đang gửi")
    SENT = "sent", _("đã gửi")
    DROPPED = "dropped", _("không còn gì để báo")
    FAILED = "failed", _("không gửi được")
    UNCERTAIN = "uncertain", _("không rõ đã gửi chưa")


ENDED = (MessageState.SENT, MessageState.DROPPED, MessageState.FAILED, MessageState.UNCERTAIN)
OPEN = (MessageState.WAITING, MessageState.SENDING)


class Message(models.Model):
    """One message. `key` says what it is about, so that nothing is told twice; `data` holds keys of rows, no texts.

    While it waits, `due_at` says from when a worker may take it: now, after a pause, or when the worker that has
    taken it must be dead. `attempts` only ever grows; it names the attempt that may write the row's state.
    """

    kind = models.CharField(_("Loại"), max_length=64)
    key = models.CharField(_("Khóa"), max_length=200, unique=True)
    data: models.JSONField[Any, Any] = models.JSONField(_("Dữ liệu"), default=dict, blank=True)
    to = models.CharField(_("Gửi đến"), max_length=254, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người nhận"),
    )
    language = models.CharField(_("Ngôn ngữ"), max_length=8)
    state = models.CharField(
        _("Tình trạng"), max_length=9, choices=MessageState.choices, default=MessageState.WAITING
    )
    attempts = models.PositiveIntegerField(_("Số lần thử"), default=0)
    created_at = models.DateTimeField(_("Tạo lúc"), default=clock.now)
    waiting_since = models.DateTimeField(_("Chờ từ lúc"), default=clock.now)
    due_at = models.DateTimeField(_("Gửi từ lúc"), default=clock.now)
    ended_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)
    error = models.TextField(_("Lỗi gần nhất"), blank=True)
    reference = models.UUIDField(_("Mã thư"), default=uuid4, unique=True, editable=False)
    forgotten_at = models.DateTimeField(_("Xóa dữ liệu lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Thư")
        verbose_name_plural = _("Thư")
        ordering = ["-created_at", "-id"]
        permissions = [("send_messages_again", _("Gửi lại thư"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | Q(state__in=ENDED, ended_at__isnull=False),
                name="message_ended_has_a_moment",
            ),
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="message_has_kind_and_key"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENDING) | ~Q(to=""), name="message_sending_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(state__in=ENDED, to="", error=""),
                name="message_forgotten_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="message_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["user"], name="message_user", condition=Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"
