"""To whom the producers shall write their invoices for an order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvoiceRequest(models.Model):
    """One an order; every producer of the order reads it and writes an invoice for its own part."""

    order = models.OneToOneField(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="invoice_request",
        verbose_name=pgettext_lazy("one", "Đơn hàng"),
    )
    tax_code = models.CharField(_("Mã số thuế"), max_length=14)
    company = models.CharField(_("Tên công ty, tổ chức"), max_length=200)
    address = models.CharField(_("Địa chỉ trên hóa đơn"), max_length=255)
    email = models.EmailField(_("Email nhận hóa đơn"))

    class Meta:
        verbose_name = _("Yêu cầu hóa đơn")
        verbose_name_plural = _("Yêu cầu hóa đơn")
        ordering = ["order_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tax_code__regex=r"^[0-9]{10}(-[0-9]{3})?$"), name="invoice_request_tax_code"
            ),
            models.CheckConstraint(
                condition=~Q(company="") & ~Q(address="") & ~Q(email=""), name="invoice_request_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tax_code} {self.company}"
