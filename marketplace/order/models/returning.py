"""Requests to return goods: what, why, with which pictures, how far they are, and who did what."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.clock import VIETNAM
from marketplace.order.returns.rules import Reason
from marketplace.order.returns.states import PROMISED, TIMED, ReturnState
from marketplace.pictures.private import private_storage

from .change import Change, Role
from .consignment import Consignment

MOST_PHOTOS = 6
TEXT_LENGTH = 2000


class ReturnRequest(models.Model):
    """A buyer wants to give back something of one consignment. refund_amount = goods_amount + shipping_amount.

    `due_at` is the end of what the state waits for (states.TIMED). `goods_kept` says, once it is agreed or decided,
    whether the goods stay with the buyer. `key` names the form that was sent, so that sending it twice asks once.
    """

    consignment = models.ForeignKey(
        Consignment, on_delete=models.CASCADE, related_name="returns", verbose_name=_("Phần đơn")
    )
    number = models.CharField(_("Mã yêu cầu"), max_length=72, unique=True)
    key = models.CharField(_("Khóa của biểu mẫu"), max_length=64, editable=False)
    reason = models.CharField(_("Lý do"), max_length=16, choices=Reason.choices)
    text = models.TextField(_("Mô tả"), max_length=TEXT_LENGTH)
    state = models.CharField(
        _("Tình trạng"), max_length=16, choices=ReturnState.choices, default=ReturnState.REQUESTED
    )
    requested_at = models.DateTimeField(_("Gửi lúc"))
    state_since = models.DateTimeField(_("Từ lúc"))
    due_at = models.DateTimeField(_("Hạn"), null=True, blank=True)
    goods_amount = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)
    shipping_amount = models.DecimalField(_("Phí giao"), max_digits=12, decimal_places=0)
    refund_amount = models.DecimalField(_("Tiền trả lại"), max_digits=12, decimal_places=0)
    goods_kept = models.BooleanField(_("Người mua giữ hàng"), null=True, blank=True)

    class Meta:
        verbose_name = _("Yêu cầu trả hàng")
        verbose_name_plural = _("Yêu cầu trả hàng")
        ordering = ["-requested_at", "-id"]
        permissions = [("handle_returns", _("Xử lý yêu cầu trả hàng"))]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "key"], name="return_once_per_form"),
            models.CheckConstraint(condition=Q(state__in=ReturnState.values), name="return_state_known"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="return_reason_known"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(text=""), name="return_has_key_and_text"),
            models.CheckConstraint(
                condition=Q(refund_amount=F("goods_amount") + F("shipping_amount")),
                name="return_refund_is_goods_and_shipping",
            ),
            models.CheckConstraint(
                condition=Q(goods_amount__gte=0, shipping_amount__gte=0), name="return_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(TIMED), due_at__isnull=False)
                | ~Q(state__in=sorted(TIMED)) & Q(due_at__isnull=True),
                name="return_waits_until",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(PROMISED)) | Q(goods_kept__isnull=False),
                name="return_agreed_with_or_without_goods",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.RECEIVED) | Q(goods_kept=False),
                name="return_received_goods_are_not_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="return_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["state", "requested_at"], name="return_by_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        """The day in Vietnam with whose end `due_at` comes."""
        return (self.due_at - timedelta(seconds=1)).astimezone(VIETNAM).date() if self.due_at else None

    def get_absolute_url(self) -> str:
        """The page of whoever has the order's link."""
        return reverse("order:return", kwargs={"token": self.consignment.order.token, "number": self.number})


class ReturnItem(models.Model):
    """So many pieces of a line. `restocked` of them came back fit for sale; `amount` is their share of the price."""

    request = models.ForeignKey(
        ReturnRequest, on_delete=models.CASCADE, related_name="items", verbose_name=_("Yêu cầu")
    )
    line: "models.ForeignKey[models.Model, models.Model]" = models.ForeignKey(
        "order.Line", on_delete=models.CASCADE, related_name="return_items", verbose_name=_("Dòng đơn hàng")
    )
    quantity = models.PositiveIntegerField(_("Số lượng"))
    amount = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)
    restocked = models.PositiveIntegerField(_("Bán lại được"), default=0)
    is_open = models.BooleanField(_("Đang xử lý"), default=True)

    class Meta:
        verbose_name = _("Món muốn trả")
        verbose_name_plural = _("Món muốn trả")
        ordering = ["request_id", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "line"], name="return_item_once_per_line"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(is_open=True), name="return_one_open_per_line"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_item_has_pieces"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="return_item_not_negative"),
            models.CheckConstraint(
                condition=Q(restocked__lte=F("quantity")), name="return_restocked_within_returned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.line_id} × {self.quantity}"


class ReturnPhoto(models.Model):
    """What the buyer shows. Kept outside the public files; served to who has the order's link, and to staff."""

    request = models.ForeignKey(
        ReturnRequest, on_delete=models.CASCADE, related_name="photos", verbose_name=_("Yêu cầu")
    )
    position = models.PositiveSmallIntegerField(_("Ảnh thứ"))
    file = models.FileField(_("Tệp"), storage=private_storage, upload_to="returns", max_length=200)

    class Meta:
        verbose_name = _("Ảnh của yêu cầu")
        verbose_name_plural = _("Ảnh của yêu cầu")
        ordering = ["request_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="return_photo_position_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PHOTOS), name="return_photos_are_few"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}/{self.position}"


class ReturnChange(Change):
    """A request went from one state to another; it begins with one from nothing.

    `note` holds the reasons of an answer or decision; buyers read it.
    """

    request = models.ForeignKey(
        ReturnRequest, on_delete=models.CASCADE, related_name="changes", verbose_name=_("Yêu cầu")
    )
    before = models.CharField(_("Trước"), max_length=16, choices=ReturnState.choices, blank=True)
    after = models.CharField(_("Sau"), max_length=16, choices=ReturnState.choices)
    note = models.TextField(_("Lý do, ghi chú"), max_length=TEXT_LENGTH, blank=True)

    class Meta(Change.Meta):
        abstract = False
        verbose_name = _("Lần đổi tình trạng yêu cầu")
        verbose_name_plural = _("Các lần đổi tình trạng yêu cầu")
        ordering = ["request_id", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "after"], name="return_reaches_a_state_once"),
            models.CheckConstraint(
                condition=Q(before__in=["", *ReturnState.values], after__in=ReturnState.values),
                name="return_change_states_known",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="return_change_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.before} → {self.after}"
