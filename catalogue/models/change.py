"""The change number of every product: what an index compares to know whether it is level."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductChange(models.Model):
    """How often anything that a product's search document depends on has changed.

    The row outlives its product (hence no foreign key): a deleted product keeps its number, raised once more.
    """

    product_id = models.BigIntegerField(_("Sản phẩm"), primary_key=True)
    number = models.BigIntegerField(_("Số lần thay đổi"), default=0)

    class Meta:
        verbose_name = _("Thay đổi của sản phẩm")
        verbose_name_plural = _("Thay đổi của sản phẩm")
        ordering = ["product_id"]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.number}"
