"""How a day compares with a source, and where both sides differ."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.payment.models import Payment

from .line import Line


class Source(models.TextChoices):
    STRIPE = "stripe", "Stripe"
    BANK = "bank", _("Ngân hàng")
    CARRIER = "carrier", _("Đơn vị vận chuyển")


class Why(models.TextChoices):
    """What is wrong, as far as it can be said."""

    ONLY_OURS = "only_ours", _("sổ của Chợ có, bên kia không có")
    ONLY_THEIRS = "only_theirs", _("bên kia có, sổ của Chợ không có")
    AMOUNT = "amount", _("hai bên ghi số tiền khác nhau")
    CURRENCY = "currency", _("không phải tiền đồng")
    DISPUTE = "dispute", _("khiếu nại thẻ")
    OPEN = "open", _("dòng sao kê chưa được xử lý")
    BACK = "back", _("tiền phải chuyển lại, chưa chuyển")
    UNKNOWN_PARCEL = "unknown", _("không có kiện nào mang mã vận đơn này")
    NOT_DELIVERED = "undelivered", _("kiện chưa ghi là đã giao, hoặc không thu tiền")
    TWICE = "twice", _("kiện này đã được chuyển tiền trước đó")
    FEE = "fee", _("đơn vị vận chuyển giữ lại phí")
    OVERDUE = "overdue", _("đã giao nhưng chưa được chuyển tiền thu hộ")


class DifferenceState(models.TextChoices):
    OPEN = "open", _("chưa giải thích")
    EXPLAINED = "explained", _("đã giải thích")
    AGREED = "agreed", _("đã khớp lại")


class ComparedDay(models.Model):
    """A day that is over, held against one source; sums in whole đồng. Not compared yet while `compared_at` is empty."""

    source = models.CharField(_("Nguồn"), max_length=8, choices=Source.choices)
    day = models.DateField(_("Ngày"))
    compared_at = models.DateTimeField(_("So lúc"), null=True, blank=True)
    ours_in = models.DecimalField(_("Sổ của Chợ: tiền vào"), max_digits=14, decimal_places=0, default=0)
    theirs_in = models.DecimalField(_("Bên kia: tiền vào"), max_digits=14, decimal_places=0, default=0)
    ours_out = models.DecimalField(_("Sổ của Chợ: tiền ra"), max_digits=14, decimal_places=0, default=0)
    theirs_out = models.DecimalField(_("Bên kia: tiền ra"), max_digits=14, decimal_places=0, default=0)

    class Meta:
        verbose_name = _("Ngày đối soát")
        verbose_name_plural = _("Các ngày đối soát")
        ordering = ["-day", "source"]
        constraints = [
            models.UniqueConstraint(fields=["source", "day"], name="compared_day_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="compared_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.source}"


class Difference(models.Model):
    """Both sides say something else of one thing; `key` names it. Amounts in whole đồng, below zero when money went;
    empty for a side that says nothing. It stays, with what was said of it, when both sides agree later."""

    key = models.CharField(_("Khóa"), max_length=300, unique=True)
    source = models.CharField(_("Nguồn"), max_length=8, choices=Source.choices)
    day = models.DateField(_("Ngày"))
    why = models.CharField(_("Vì sao"), max_length=12, choices=Why.choices)
    what = models.CharField(_("Khoản"), max_length=300)
    ours = models.DecimalField(_("Sổ của Chợ"), max_digits=12, decimal_places=0, null=True, blank=True)
    theirs = models.DecimalField(_("Bên kia"), max_digits=12, decimal_places=0, null=True, blank=True)
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Lần thanh toán"),
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Dòng sao kê")
    )
    state = models.CharField(
        _("Tình trạng"), max_length=9, choices=DifferenceState.choices, default=DifferenceState.OPEN
    )
    found_at = models.DateTimeField(_("Thấy lúc"))
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người giải thích"),
    )
    explained_at = models.DateTimeField(_("Giải thích lúc"), null=True, blank=True)
    note = models.CharField(_("Giải thích"), max_length=500, blank=True)
    agreed_at = models.DateTimeField(_("Khớp lại lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Chênh lệch")
        verbose_name_plural = _("Các chênh lệch")
        ordering = ["-day", "source", "id"]
        permissions = [("explain_differences", _("Giải thích chênh lệch đối soát"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DifferenceState.values, why__in=Why.values, source__in=Source.values),
                name="difference_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.EXPLAINED) | ~Q(note="") & Q(explained_at__isnull=False),
                name="difference_explained_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.AGREED) | Q(agreed_at__isnull=False),
                name="difference_agreed_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="difference_by_state")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.source} {self.why}: {self.what}"
