"""The link to a new password that staff hand to somebody whose account has only a phone number."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class ResetLink(models.Model):
    """One link, of which only a digest is kept. It ends by use, by time, or when another one is issued."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reset_links", verbose_name=_("Của")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Người cấp"),
    )
    issued_at = models.DateTimeField(_("Cấp lúc"), default=clock.now)
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    ended_at = models.DateTimeField(_("Dùng hoặc thay lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Liên kết đặt lại mật khẩu")
        verbose_name_plural = _("Liên kết đặt lại mật khẩu")
        ordering = ["-issued_at", "-id"]
        default_permissions = ()
        permissions = [("issue_reset_link", _("Cấp liên kết đặt lại mật khẩu"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="reset_link_ends_after_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.issued_at:%Y-%m-%d %H:%M}"
