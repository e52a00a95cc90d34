"""Work that must happen: one row a job, with state and attempts."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class JobState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    RUNNING = "running", _("đang chạy")
    DONE = "done", _("đã xong")
    FAILED = "failed", _("không xong được")


class Job(models.Model):
    """One piece of work. `kind` names the handler, `key` what it is about; the pair is unique."""

    kind = models.CharField(_("Loại việc"), max_length=64)
    key = models.CharField(_("Khóa"), max_length=200)
    payload: models.JSONField[Any, Any] = models.JSONField(_("Dữ liệu"), default=dict, blank=True)
    state = models.CharField(
        _("Trạng thái"), max_length=8, choices=JobState.choices, default=JobState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("Số lần thử"), default=0)
    due_at = models.DateTimeField(_("Làm từ lúc"), default=clock.now)
    lease_until = models.DateTimeField(_("Giữ đến lúc"), null=True, blank=True)
    finished_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)
    error = models.TextField(_("Lỗi gần nhất"), blank=True)

    class Meta:
        verbose_name = _("Việc nền")
        verbose_name_plural = _("Việc nền")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_kind_and_key"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="job_open",
                condition=Q(state__in=[JobState.WAITING, JobState.RUNNING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"
