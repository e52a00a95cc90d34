"""The parcels of a consignment: what is in them, how far they are, and who moved them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from marketplace import clock
from marketplace.order.states import ParcelState

from .carrier import Carrier
from .change import Change, Role
from .consignment import Consignment


class Parcel(models.Model):
    """One parcel of a consignment; the delivery state lives here and nowhere else."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.CASCADE, related_name="parcels", verbose_name=_("Phần đơn")
    )
    number = models.PositiveSmallIntegerField(_("Kiện thứ"), default=1)
    state = models.CharField(
        _("Tình trạng"), max_length=16, choices=ParcelState.choices, default=ParcelState.NEW
    )
    state_since = models.DateTimeField(_("Từ lúc"), default=clock.now)
    carrier = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parcels",
        verbose_name=_("Đơn vị vận chuyển"),
    )
    tracking_number = models.CharField(_("Mã vận đơn"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("Kiện hàng")
        verbose_name_plural = _("Kiện hàng")
        ordering = ["consignment_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "number"], name="parcel_number_once"),
            models.CheckConstraint(condition=Q(state__in=ParcelState.values), name="parcel_state_known"),
            models.CheckConstraint(
                condition=Q(tracking_number="") | Q(carrier__isnull=False), name="parcel_tracked_by_a_carrier"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since"], name="parcel_by_state"),
            models.Index(
                Upper("tracking_number"), condition=~Q(tracking_number=""), name="parcel_by_tracking_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment}/{self.number}"

    @property
    def tracking_link(self) -> str:
        """The carrier's page of this parcel, or nothing."""
        return self.carrier.link(self.tracking_number) if self.carrier and self.tracking_number else ""


class ParcelItem(models.Model):
    """So many pieces of a line lie in a parcel. `amount` is their part of the line's price, in whole đồng."""

    parcel = models.ForeignKey(
        Parcel, on_delete=models.CASCADE, related_name="items", verbose_name=_("Kiện hàng")
    )
    line: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        "order.Line", on_delete=models.CASCADE, related_name="parcel_items", verbose_name=_("Dòng đơn hàng")
    )
    quantity = models.PositiveIntegerField(_("Số lượng"))
    amount = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)

    class Meta:
        verbose_name = _("Món trong kiện")
        verbose_name_plural = _("Món trong kiện")
        ordering = ["parcel_id", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="parcel_item_once_per_line"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="parcel_item_has_pieces"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="parcel_item_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel} {self.line_id} × {self.quantity}"


class ParcelChange(Change):
    """A parcel went from one state to another.

    A parcel split off another begins with a change from the state of that one to itself.
    """

    parcel = models.ForeignKey(
        Parcel, on_delete=models.CASCADE, related_name="changes", verbose_name=_("Kiện hàng")
    )
    before = models.CharField(_("Trước"), max_length=16, choices=ParcelState.choices)
    after = models.CharField(_("Sau"), max_length=16, choices=ParcelState.choices)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)

    class Meta(Change.Meta):
        abstract = False
        verbose_name = _("Lần đổi tình trạng")
        verbose_name_plural = _("Các lần đổi tình trạng")
        ordering = ["parcel_id", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=ParcelState.values, after__in=ParcelState.values),
                name="parcel_change_states_known",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="parcel_change_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel}: {self.before} → {self.after}"
