"""The one audit table: who did what, for whom, to which object, and what changed."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class Entry(models.Model):
    """One recorded action. Rows are written once and never changed."""

    at = models.DateTimeField(_("Lúc"), default=clock.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người làm"),
    )
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Làm thay cho"),
    )
    action = models.CharField(_("Việc"), max_length=64)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name=_("Loại"))
    object_id = models.CharField(_("Mã"), max_length=64)
    before = models.JSONField(_("Trước"), null=True, blank=True)
    after = models.JSONField(_("Sau"), null=True, blank=True)

    class Meta:
        verbose_name = _("Mục nhật ký")
        verbose_name_plural = _("Nhật ký")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_entry_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.content_type_id}:{self.object_id}"


def record(
    *,
    action: str,
    target: models.Model,
    actor: Any = None,
    acting_for: Any = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry, in the caller's transaction, so that a rolled-back action leaves no trace of success.

    `before` and `after` hold JSON values of the fields that changed. `actor` is None for the system itself.
    """
    return Entry.objects.create(
        action=action,
        content_type=ContentType.objects.get_for_model(target),
        object_id=str(target.pk),
        actor=actor,
        acting_for=acting_for,
        before=before,
        after=after,
    )
