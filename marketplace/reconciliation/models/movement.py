"""What moved in the balance at Stripe, as Stripe lists it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Movement(models.Model):
    """One balance transaction. `amount` is that of what moved, in đồng, whatever currency Stripe settles in; negative
    when it went; empty where the charge itself was not in đồng."""

    key = models.CharField(_("Mã ở Stripe"), max_length=255, unique=True)
    at = models.DateTimeField(_("Lúc"), db_index=True)
    type = models.CharField(_("Loại"), max_length=50)
    source = models.CharField(_("Mã khoản tiền"), max_length=255, db_index=True)
    intent = models.CharField(_("Mã giao dịch"), max_length=255, blank=True, db_index=True)
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0, null=True, blank=True)

    class Meta:
        verbose_name = _("Khoản ở Stripe")
        verbose_name_plural = _("Các khoản ở Stripe")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.type} {self.source} {self.amount}"
