"""A file that staff brought, taken or refused."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .layout import FileLayout


class ImportState(models.TextChoices):
    TAKEN = "taken", _("đã nhập")
    REFUSED = "refused", _("bị từ chối")


class Import(models.Model):
    """The file itself is not kept. `first_day` and `last_day` are those of its lines, of which `known` came before."""

    layout = models.ForeignKey(
        FileLayout, on_delete=models.PROTECT, related_name="imports", verbose_name=_("Bố cục")
    )
    name = models.CharField(_("Tên tệp"), max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    state = models.CharField(_("Tình trạng"), max_length=8, choices=ImportState.choices)
    reason = models.CharField(_("Lý do từ chối"), max_length=500, blank=True)
    at = models.DateTimeField(_("Lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người nhập"),
    )
    rows = models.PositiveIntegerField(_("Số dòng"), default=0)
    known = models.PositiveIntegerField(_("Đã có từ trước"), default=0)
    first_day = models.DateField(_("Từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("Đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("Lần nhập tệp")
        verbose_name_plural = _("Các lần nhập tệp")
        ordering = ["-at", "-id"]
        permissions = [("import_statements", _("Nhập sao kê và bảng kê thu hộ"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.TAKEN, reason="", rows__gt=0, first_day__isnull=False)
                | Q(state=ImportState.REFUSED, rows=0) & ~Q(reason=""),
                name="import_taken_or_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(known__lte=F("rows")), name="import_knows_no_more_than_it_has"
            ),
        ]

    def __str__(self) -> str:
        return self.name
