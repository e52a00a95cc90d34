"""What people agreed to and took back: one row each time, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class Purpose(models.TextChoices):
    """What for. Each is asked for apart from the others (Law 91/2025/QH15, art. 9 and 28)."""

    ORDER_TERMS = "order_terms", _("Điều khoản mua bán")
    ACCOUNT_TERMS = "account_terms", _("Điều khoản tài khoản")
    MARKETING = "marketing", _("Nhận tin về phiên chợ mới")
    ADULT = "adult", _("Lời khẳng định từ đủ 18 tuổi")


class Source(models.TextChoices):
    CHECKOUT = "checkout", _("Trang đặt hàng")
    SIGN_UP = "sign_up", _("Trang đăng ký")
    PRIVACY_PAGE = "privacy_page", _("Trang dữ liệu cá nhân")
    LINK = "link", _("Liên kết rút lại")
    DELETION = "deletion", _("Xóa tài khoản")


class Consent(models.Model):
    """One giving or withdrawal, of somebody with an account (`user`) or without (`contact_hash`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("Người dùng"),
    )
    contact_hash = models.CharField(_("Dấu của email hoặc số điện thoại"), max_length=64, blank=True)
    purpose = models.CharField(_("Mục đích"), max_length=16, choices=Purpose.choices)
    text_version = models.CharField(_("Bản lời"), max_length=32)
    given = models.BooleanField(_("Đồng ý"))
    at = models.DateTimeField(_("Lúc"), default=clock.now)
    ip = models.GenericIPAddressField(_("Địa chỉ mạng"), null=True, blank=True)
    source = models.CharField(_("Từ đâu"), max_length=16, choices=Source.choices)

    class Meta:
        verbose_name = _("Sự đồng ý")
        verbose_name_plural = _("Sự đồng ý")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="consent_source_known"),
            models.CheckConstraint(condition=~Q(text_version=""), name="consent_names_its_text"),
        ]
        indexes = [
            models.Index(fields=["user", "purpose", "-at"], name="consent_of_person"),
            models.Index(fields=["contact_hash", "purpose", "-at"], name="consent_of_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version} {'+' if self.given else '-'}"
