"""What people ask of their data: a copy of it, or its end."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class DataExport(models.Model):
    """A copy of what the shop knows of a person: a ZIP file, made by the worker, kept here until it expires."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="data_exports",
        verbose_name=_("Người dùng"),
    )
    language = models.CharField(_("Ngôn ngữ"), max_length=8)
    requested_at = models.DateTimeField(_("Yêu cầu lúc"), default=clock.now)
    ready_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)
    expires_at = models.DateTimeField(_("Hết hạn lúc"), null=True, blank=True)
    content = models.BinaryField(_("Nội dung"), null=True, blank=True)

    class Meta:
        verbose_name = _("Bản sao dữ liệu")
        verbose_name_plural = _("Bản sao dữ liệu")
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at__isnull=True), name="data_export_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, expires_at__isnull=True, content__isnull=True)
                | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="data_export_ready_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.requested_at:%Y-%m-%d}"


class DeletionState(models.TextChoices):
    WAITING = "waiting", _("đang chờ xóa")
    DONE = "done", _("đã xóa")
    TAKEN_BACK = "taken_back", _("đã rút lại")
    STOPPED = "stopped", _("chưa xóa được")


class Deletion(models.Model):
    """A person's wish that their account and data go. Afterwards the row tells that it was done, not whose it was."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deletions",
        verbose_name=_("Người dùng"),
    )
    state = models.CharField(
        _("Tình trạng"), max_length=16, choices=DeletionState.choices, default=DeletionState.WAITING
    )
    requested_at = models.DateTimeField(_("Yêu cầu lúc"), default=clock.now)
    due_at = models.DateTimeField(_("Xóa từ lúc"))
    ended_at = models.DateTimeField(_("Kết thúc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Yêu cầu xóa")
        verbose_name_plural = _("Yêu cầu xóa")
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeletionState.values), name="deletion_state_known"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=DeletionState.WAITING), name="deletion_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state=DeletionState.WAITING, ended_at__isnull=True)
                | (~Q(state=DeletionState.WAITING) & Q(ended_at__isnull=False)),
                name="deletion_ended_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="deletion_open", condition=Q(state=DeletionState.WAITING))
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"
