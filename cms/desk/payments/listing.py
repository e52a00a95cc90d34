"""Lists of payments, of refunds, and of events that could not be worked off; newest first."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.orders.filters import ALL, within
from cms.desk.orders.searching import found_by
from marketplace.look.figures import day, dong
from marketplace.order.models import Order
from marketplace.payment.models import (
    EventState,
    Method,
    Payment,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundAccount,
    RefundReason,
    RefundStatus,
)
from marketplace.payment.models.refund import ON_THE_WAY
from marketplace.payment.sums import to_replace
from marketplace.payment.transfers import by_purpose

PAYMENTS, REFUNDS, PROVIDER_EVENTS = "desk_payments", "desk_refunds", "desk_events"
WHOLE = {"class": "desk-nowrap"}
TO_TRANSFER, TO_REPLACE = "transfer", "again"
WAYS = [(Method.CARD.value, Method.CARD.label), (Method.TRANSFER.value, Method.TRANSFER.label)]


def to_transfer() -> QuerySet[Refund]:
    """Transfers that staff have to make."""
    return Refund.objects.filter(way=Method.TRANSFER, status__in=sorted(ON_THE_WAY))


def unseen() -> QuerySet[ProviderEvent]:
    """Events that could not be worked off and that nobody has looked at."""
    return ProviderEvent.objects.filter(state=EventState.FAILED, seen_at__isnull=True)


class PaymentFilters(WagtailFilterSet):  # type: ignore[misc]
    status = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=PaymentStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    method = django_filters.MultipleChoiceFilter(
        label=_("Cách trả"), choices=Method.choices, widget=forms.CheckboxSelectMultiple
    )
    opened = django_filters.DateFromToRangeFilter(
        label=_("Ngày"), method="opened_within", widget=DateRangePickerWidget
    )

    class Meta:
        model = Payment
        fields: list[str] = []

    def opened_within(self, rows: QuerySet[Payment], name: str, value: slice) -> QuerySet[Payment]:
        return rows.filter(within("created_at", value))


class RefundFilters(WagtailFilterSet):  # type: ignore[misc]
    waits = django_filters.ChoiceFilter(
        label=_("Việc cần làm"),
        choices=[(TO_TRANSFER, _("Chờ chuyển khoản")), (TO_REPLACE, _("Chờ trả cách khác"))],
        empty_label=ALL,
        method="waiting",
        widget=forms.RadioSelect,
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=RefundStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    way = django_filters.MultipleChoiceFilter(
        label=_("Cách trả lại"), choices=WAYS, widget=forms.CheckboxSelectMultiple
    )
    reason = django_filters.MultipleChoiceFilter(
        label=_("Lý do"), choices=RefundReason.choices, widget=forms.CheckboxSelectMultiple
    )
    opened = django_filters.DateFromToRangeFilter(
        label=_("Ngày"), method="opened_within", widget=DateRangePickerWidget
    )

    class Meta:
        model = Refund
        fields: list[str] = []

    def waiting(self, rows: QuerySet[Refund], name: str, value: str) -> QuerySet[Refund]:
        wanted = to_transfer() if value == TO_TRANSFER else to_replace()
        return rows.filter(pk__in=wanted.values("pk"))

    def opened_within(self, rows: QuerySet[Refund], name: str, value: slice) -> QuerySet[Refund]:
        return rows.filter(within("created_at", value))


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "cms/desk/payments/_state.html"


class Money(ReportView):  # type: ignore[misc]
    """What the lists have in common."""

    header_icon = "tag"
    is_searchable = True
    is_export = False
    paginate_by = 30

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordered: QuerySet[Any] = queryset.order_by(self.ordering, "-id")
        return ordered

    def get_filtered_queryset(self) -> QuerySet[Any]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        found: QuerySet[Any] = self.get_queryset()
        return found

    def orders(self) -> QuerySet[Order, int]:
        found: QuerySet[Order, int] = Order.objects.filter(found_by(self.search_query)).values_list(
            "pk", flat=True
        )
        return found.order_by()


def _order(row: Any) -> str:
    return reverse("desk_order", args=[row.order_id])


def waits_for(row: Any) -> str:
    """Whose turn it is; `row` has `has_account` and `is_to_replace`."""
    if row.status == RefundStatus.FAILED:
        return str(_("nhân viên trả cách khác")) if row.is_to_replace else "–"
    if row.status == RefundStatus.SUCCEEDED:
        return "–"
    if row.way == Method.CARD:
        return "Stripe"
    if row.status == RefundStatus.PENDING:
        return str(_("người thứ hai xác nhận"))
    return str(_("nhân viên chuyển khoản") if row.has_account else _("người mua cho biết tài khoản"))


class Payments(Money):
    """Found by what orders are found by, by the code of a transfer, and by Stripe's id."""

    model = Payment
    page_title = _("Thanh toán")
    index_url_name = PAYMENTS
    index_results_url_name = f"{PAYMENTS}_results"
    filterset_class = PaymentFilters
    default_ordering = "-created_at"
    columns = [
        TitleColumn("order", label=_("Số đơn"), accessor="order.number", get_url=_order, link_attrs=WHOLE),
        Column("method", label=_("Cách trả"), accessor="get_method_display"),
        StateColumn("status", label=_("Tình trạng"), accessor="get_status_display"),
        Column("amount", label=_("Số tiền"), accessor=lambda row: dong(row.amount), sort_key="amount"),
        Column(
            "received",
            label=_("Đã nhận"),
            accessor=lambda row: "–" if row.received is None else dong(row.received),
            sort_key="received",
        ),
        Column("reference", label=_("Mã giao dịch"), accessor=lambda row: row.reference or "–"),
        Column(
            "created_at", label=_("Ngày"), accessor=lambda row: day(row.created_at), sort_key="created_at"
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Payment]:
        return Payment.objects.select_related("order")

    def search_queryset(self, queryset: QuerySet[Payment]) -> QuerySet[Payment]:
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        return queryset.filter(Q(reference__iexact=text) | Q(order__in=self.orders()))


class Refunds(Money):
    """Found by what orders are found by, by Stripe's or the bank's id, and by the code of our transfer."""

    model = Refund
    page_title = _("Trả lại tiền")
    index_url_name = REFUNDS
    index_results_url_name = f"{REFUNDS}_results"
    filterset_class = RefundFilters
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "order",
            label=_("Số đơn"),
            accessor="payment.order.number",
            get_url=lambda row: reverse("desk_refund", args=[row.pk]),
            link_attrs=WHOLE,
        ),
        Column("amount", label=_("Số tiền"), accessor=lambda row: dong(row.amount), sort_key="amount"),
        Column("reason", label=_("Lý do"), accessor="get_reason_display"),
        Column("way", label=_("Cách trả lại"), accessor="get_way_display"),
        StateColumn("status", label=_("Tình trạng"), accessor="get_status_display"),
        Column("waits", label=_("Đang chờ"), accessor=waits_for),
        Column(
            "created_at", label=_("Ngày"), accessor=lambda row: day(row.created_at), sort_key="created_at"
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Refund]:
        known = RefundAccount.objects.filter(order=OuterRef("payment__order"))
        return Refund.objects.select_related("payment__order").annotate(
            has_account=Exists(known), is_to_replace=Exists(to_replace().filter(pk=OuterRef("pk")))
        )

    def search_queryset(self, queryset: QuerySet[Refund]) -> QuerySet[Refund]:
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        named = by_purpose(text)
        if named:
            return queryset.filter(pk=named.pk)
        either = Q(reference__iexact=text) | Q(payment__reference__iexact=text)
        return queryset.filter(either | Q(payment__order__in=self.orders()))


class EventFilters(WagtailFilterSet):  # type: ignore[misc]
    seen = django_filters.ChoiceFilter(
        label=_("Đã xem"),
        choices=[("no", _("Chưa ai xem"))],
        empty_label=ALL,
        method="not_seen",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ProviderEvent
        fields: list[str] = []

    def not_seen(self, rows: QuerySet[ProviderEvent], name: str, value: str) -> QuerySet[ProviderEvent]:
        return rows.filter(seen_at__isnull=True)


class SeenColumn(Column):  # type: ignore[misc]
    """Who looked at it and what was done, or the form for it."""

    cell_template_name = "cms/desk/payments/_seen.html"


class Events(Money):
    """What Stripe told and nobody could use: for staff to look into."""

    model = ProviderEvent
    page_title = _("Sự kiện không dùng được")
    header_icon = "warning"
    is_searchable = False
    results_template_name = "cms/desk/payments/events_results.html"
    index_url_name = PROVIDER_EVENTS
    index_results_url_name = f"{PROVIDER_EVENTS}_results"
    filterset_class = EventFilters
    default_ordering = "-received_at"
    columns = [
        Column("type", label=_("Sự kiện"), accessor=lambda row: f"{row.type} {row.payload_id}"),
        Column("error", label=_("Vì sao")),
        Column(
            "received_at", label=_("Ngày"), accessor=lambda row: day(row.received_at), sort_key="received_at"
        ),
        SeenColumn("seen_note", label=_("Đã làm gì")),
    ]

    def get_base_queryset(self) -> QuerySet[ProviderEvent]:
        return ProviderEvent.objects.filter(state=EventState.FAILED).select_related("seen_by")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        rows = list(object_list)
        for row in rows:
            row.payload_id = row.payload.get("data", {}).get("object", {}).get("id") or row.key
        return rows
