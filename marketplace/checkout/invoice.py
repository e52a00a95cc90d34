"""The part of the checkout's form that asks the producers for an invoice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.order.placement import Invoice
from marketplace.order.tax_codes import EXAMPLE, TaxCodeError, parse_tax_code

NEEDED = ("mst", "cong_ty", "dia_chi_hd", "email_hd")
MISSING = _("Hóa đơn cần thông tin này.")


class InvoiceFields(forms.Form):
    """Nothing is asked of those who want no invoice, whatever else they have typed here."""

    hoa_don = forms.BooleanField(label=_("Tôi cần hóa đơn cho công ty, tổ chức."), required=False)
    mst = forms.CharField(
        label=_("Mã số thuế"),
        max_length=40,
        error_messages={"required": MISSING},
        help_text=_("10 chữ số, hoặc 13 của chi nhánh, ví dụ %(example)s.") % {"example": EXAMPLE},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    cong_ty = forms.CharField(
        label=_("Tên công ty, tổ chức"),
        max_length=200,
        error_messages={"required": MISSING},
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    dia_chi_hd = forms.CharField(
        label=_("Địa chỉ trên hóa đơn"),
        max_length=255,
        error_messages={"required": MISSING},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email_hd = forms.EmailField(
        label=_("Hộp thư nhận hóa đơn"),
        max_length=254,
        help_text=_("Mỗi nhà sản xuất gửi hóa đơn cho phần hàng của mình đến đây."),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": MISSING, "invalid": _("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("hoa_don"):
            for name in NEEDED:
                self.errors.pop(name, None)
            return data
        if data.get("mst"):
            try:
                data["mst"] = parse_tax_code(data["mst"])
            except TaxCodeError as error:
                self.add_error("mst", str(error))
        return data

    def invoice(self) -> Invoice | None:
        """Of a valid form: to whom, or None if nobody wants one."""
        data = self.cleaned_data
        if not data["hoa_don"]:
            return None
        return Invoice(
            tax_code=data["mst"],
            company=" ".join(data["cong_ty"].split()),
            address=" ".join(data["dia_chi_hd"].split()),
            email=data["email_hd"],
        )
