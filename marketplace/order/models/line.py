"""A line of an order: Oscar's, within one consignment."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine

from .consignment import Consignment


class Line(AbstractLine):  # type: ignore[misc]
    """Title, size and price are kept as they were; the product may change or go."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="lines", verbose_name=_("Phần đơn")
    )
    size = models.CharField(_("Quy cách"), max_length=64, blank=True)

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
        ]
