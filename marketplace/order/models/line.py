"""A line of an order: Oscar's, within one consignment."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine

from .consignment import Consignment


class Line(AbstractLine):  # type: ignore[misc]
    """Title, size and price are kept as they were; the product may change or go.

    `refunded_pieces` and `refunded_total` are what staff gave back money for without a return: such pieces cannot be
    returned any more, nor paid back a second time.
    """

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="lines", verbose_name=_("Phần đơn")
    )
    size = models.CharField(_("Quy cách"), max_length=64, blank=True)
    refunded_pieces = models.PositiveIntegerField(_("Số đã trả lại tiền"), default=0)
    refunded_total = models.DecimalField(_("Tiền đã trả lại"), max_digits=12, decimal_places=0, default=0)

    class Meta(AbstractLine.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Dòng đơn hàng")
        verbose_name_plural = _("Dòng đơn hàng")
        constraints = [
            models.CheckConstraint(
                condition=Q(line_price_incl_tax=Round("line_price_incl_tax"), line_price_incl_tax__gte=0),
                name="order_line_is_whole_dong",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(refunded_pieces__lte=F("quantity"), refunded_total__gte=0)
                & Q(refunded_total__lte=F("line_price_incl_tax")),
                name="order_line_refunded_within_line",
            ),
        ]
