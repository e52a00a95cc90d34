"""One line of a bank statement or of a carrier's remittance, once however many files tell it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Carrier
from marketplace.payment.models import Payment, Refund

from .imported import Import


class LineState(models.TextChoices):
    NEW = "new", _("chờ khớp")
    OPEN = "open", _("chưa rõ")
    PROPOSED = "proposed", _("chờ người thứ hai")
    MATCHED = "matched", _("đã khớp")
    BACK = "back", _("phải chuyển lại")
    SENT_BACK = "sent_back", _("đã chuyển lại")
    OTHER = "other", _("không phải tiền đơn hàng")


class Hint(models.TextChoices):
    """Why a payment is proposed for a line, the surest first."""

    CODE_TWICE = "code_twice", _("đúng mã, nhưng đã nhận đủ tiền từ trước")
    CODE_SHORT = "code_short", _("đúng mã, thiếu tiền")
    CODES = "codes", _("ghi nhiều mã")
    NEAR_CODE = "near_code", _("mã sai một chữ")
    NO_START = "no_start", _("thiếu chữ đầu của mã")
    CUT_CODE = "cut_code", _("mã bị cắt")
    NUMBER = "number", _("đúng số tiền, ghi số đơn")
    PHONE = "phone", _("đúng số tiền, ghi số điện thoại người mua")
    NAME = "name", _("đúng số tiền, ghi tên người mua")
    AMOUNT = "amount", _("chỉ một lần thanh toán chờ đúng số tiền này")


class Line(models.Model):
    """Whole đồng that came (above zero) or went; of carriers what was collected at the door, of which `fee` was kept.

    `refund` is what a line that went is matched with; `returns` is the line whose money it sent back.
    """

    imported = models.ForeignKey(
        Import, on_delete=models.PROTECT, related_name="lines", verbose_name=_("Tệp")
    )
    row = models.PositiveIntegerField(_("Dòng"))
    carrier = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Đơn vị vận chuyển"),
    )
    fingerprint = models.CharField(_("Dấu nhận biết"), max_length=64, unique=True)
    day = models.DateField(_("Ngày"))
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0)
    fee = models.DecimalField(_("Phí giữ lại"), max_digits=12, decimal_places=0, default=0)
    text = models.TextField(_("Nội dung"), blank=True)
    reference = models.CharField(_("Số tham chiếu"), max_length=100, blank=True)
    tracking = models.CharField(_("Mã vận đơn"), max_length=64, blank=True)
    state = models.CharField(_("Tình trạng"), max_length=9, choices=LineState.choices, default=LineState.NEW)
    hint = models.CharField(_("Gợi ý"), max_length=10, choices=Hint.choices, blank=True)
    hinted = models.ForeignKey(
        Payment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Có thể là"),
    )
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Lần thanh toán"),
    )
    refund = models.ForeignKey(
        Refund,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Lần trả lại tiền"),
    )
    returns = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_by",
        verbose_name=_("Chuyển lại của"),
    )
    outcome = models.CharField(_("Kết quả"), max_length=16, blank=True)
    sent_back_reference = models.CharField(_("Số tham chiếu chuyển lại"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("Dòng sao kê")
        verbose_name_plural = _("Các dòng sao kê")
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="line_state_known"),
            models.CheckConstraint(condition=~Q(amount=0) & Q(fee__gte=0), name="line_of_something"),
            models.CheckConstraint(
                condition=Q(state=LineState.MATCHED)
                & (
                    Q(amount__gt=0, payment__isnull=False, refund__isnull=True, returns__isnull=True)
                    | Q(amount__lt=0, payment__isnull=True, refund__isnull=False, returns__isnull=True)
                    | Q(amount__lt=0, payment__isnull=True, refund__isnull=True, returns__isnull=False)
                )
                | ~Q(state=LineState.MATCHED)
                & Q(payment__isnull=True, refund__isnull=True, returns__isnull=True),
                name="line_matched_with_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.SENT_BACK) & ~Q(sent_back_reference="")
                | ~Q(state=LineState.SENT_BACK) & Q(sent_back_reference=""),
                name="line_sent_back_with_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LineState.BACK, LineState.SENT_BACK]) | Q(amount__gt=F("fee")),
                name="line_sent_back_that_came",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(carrier__isnull=False),
                name="line_of_a_carrier_once_a_payment",
            ),
            models.UniqueConstraint(fields=["refund"], name="line_once_a_refund"),
            models.UniqueConstraint(fields=["returns"], name="line_once_a_return"),
        ]
        indexes = [
            models.Index(fields=["state", "-day"], name="line_by_state"),
            models.Index(fields=["day"], name="line_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.amount} {self.text or self.tracking}"[:120]
