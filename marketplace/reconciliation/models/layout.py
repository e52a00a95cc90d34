"""How a bank or a carrier writes its files: a row of data, which staff change when a bank changes its export."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Carrier

HEADING = 100  # characters


class FileKind(models.TextChoices):
    BANK = "bank", _("sao kê ngân hàng")
    CARRIER = "carrier", _("bảng kê thu hộ")


class FileType(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (.xlsx)"


class Encoding(models.TextChoices):
    """Python's names of them; UTF-8 with or without its mark at the beginning."""

    UTF_8 = "utf-8-sig", "UTF-8"
    UTF_16 = "utf-16", "UTF-16"
    WINDOWS_1258 = "cp1258", "Windows-1258"


class Delimiter(models.TextChoices):
    COMMA = ",", _("dấu phẩy")
    SEMICOLON = ";", _("dấu chấm phẩy")
    TAB = "\t", _("dấu tab")


class Mark(models.TextChoices):
    NONE = "", _("không có")
    POINT = ".", _("dấu chấm")
    COMMA = ",", _("dấu phẩy")
    SPACE = " ", _("dấu cách")


class FileLayout(models.Model):
    """`book` names the account whose money moves: lines of layouts with the same book are counted once, whichever of
    them they came by. A heading that is empty is a column that the file does not have. `footer` begins the first row
    that is no line any more, such as the sum. A carrier's layout without its carrier is an example, and out of use."""

    name = models.CharField(_("Tên"), max_length=100, unique=True)
    kind = models.CharField(_("Loại"), max_length=8, choices=FileKind.choices)
    book = models.SlugField(
        _("Mã tài khoản"),
        max_length=50,
        help_text=_("Các bố cục của cùng một tài khoản có cùng mã: mỗi giao dịch chỉ được tính một lần."),
    )
    carrier = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Đơn vị vận chuyển"),
    )
    is_active = models.BooleanField(_("Đang dùng"), default=True)
    file_type = models.CharField(_("Kiểu tệp"), max_length=4, choices=FileType.choices, default=FileType.CSV)
    encoding = models.CharField(
        _("Bảng mã"),
        max_length=10,
        choices=Encoding.choices,
        default=Encoding.UTF_8,
        help_text=_("Chỉ cho CSV."),
    )
    delimiter = models.CharField(
        _("Dấu ngăn cột"),
        max_length=1,
        choices=Delimiter.choices,
        default=Delimiter.COMMA,
        help_text=_("Chỉ cho CSV."),
    )
    heading_row = models.PositiveSmallIntegerField(
        _("Dòng tiêu đề"),
        null=True,
        blank=True,
        help_text=_("Để trống: dòng đầu tiên có đủ các tiêu đề bên dưới, trong 30 dòng đầu."),
    )
    footer = models.CharField(
        _("Dòng kết thúc bắt đầu bằng"),
        max_length=HEADING,
        blank=True,
        help_text=_("Thí dụ: Tổng cộng. Từ dòng này trở đi không còn giao dịch."),
    )
    date_heading = models.CharField(_("Cột ngày"), max_length=HEADING)
    date_format = models.CharField(
        _("Dạng ngày"),
        max_length=30,
        default="%d/%m/%Y",
        help_text=_("%d ngày, %m tháng, %Y năm, %H:%M:%S giờ."),
    )
    amount_heading = models.CharField(_("Cột số tiền"), max_length=HEADING, blank=True)
    credit_heading = models.CharField(_("Cột tiền vào"), max_length=HEADING, blank=True)
    debit_heading = models.CharField(_("Cột tiền ra"), max_length=HEADING, blank=True)
    fee_heading = models.CharField(_("Cột phí giữ lại"), max_length=HEADING, blank=True)
    text_heading = models.CharField(_("Cột nội dung"), max_length=HEADING, blank=True)
    reference_heading = models.CharField(_("Cột số tham chiếu"), max_length=HEADING, blank=True)
    tracking_heading = models.CharField(_("Cột mã vận đơn"), max_length=HEADING, blank=True)
    thousands_mark = models.CharField(
        _("Dấu ngăn hàng nghìn"), max_length=1, choices=Mark.choices, default=Mark.COMMA, blank=True
    )
    decimal_mark = models.CharField(
        _("Dấu thập phân"), max_length=1, choices=Mark.choices, default=Mark.POINT, blank=True
    )
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Bố cục tệp")
        verbose_name_plural = _("Các bố cục tệp")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FileKind.BANK, carrier__isnull=True) & ~Q(text_heading="")
                | Q(kind=FileKind.CARRIER)
                & (Q(carrier__isnull=False) | Q(is_active=False))
                & ~Q(tracking_heading=""),
                name="layout_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=(~Q(amount_heading="") & Q(credit_heading="", debit_heading=""))
                | (Q(amount_heading="") & ~Q(credit_heading="") & ~Q(debit_heading="")),
                name="layout_has_one_amount_or_in_and_out",
            ),
            models.CheckConstraint(
                condition=~Q(date_heading="") & ~Q(date_format=""), name="layout_has_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        wrong: dict[str, Any] = {}
        if self.kind == FileKind.BANK and not self.text_heading:
            wrong["text_heading"] = _("Sao kê cần cột nội dung chuyển khoản.")
        if self.kind == FileKind.BANK and self.carrier_id:
            wrong["carrier"] = _("Sao kê ngân hàng không có đơn vị vận chuyển.")
        if self.kind == FileKind.CARRIER and not self.tracking_heading:
            wrong["tracking_heading"] = _("Bảng kê thu hộ cần cột mã vận đơn.")
        if self.kind == FileKind.CARRIER and self.is_active and not self.carrier_id:
            wrong["carrier"] = _("Bạn chọn đơn vị vận chuyển.")
        if bool(self.amount_heading) == bool(self.credit_heading or self.debit_heading) or (
            not self.amount_heading and not (self.credit_heading and self.debit_heading)
        ):
            wrong["amount_heading"] = _("Điền một cột số tiền, hoặc cả hai cột tiền vào và tiền ra.")
        if self.thousands_mark and self.thousands_mark == self.decimal_mark:
            wrong["decimal_mark"] = _("Hai dấu phải khác nhau.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def headings(self) -> dict[str, str]:
        """Which column's heading stands for what, of those that the file has."""
        names = ("date", "amount", "credit", "debit", "fee", "text", "reference", "tracking")
        found = {name: str(getattr(self, f"{name}_heading")).strip() for name in names}
        return {name: heading for name, heading in found.items() if heading}
