"""The list of requests, newest first: to search, to narrow, to sort, and to take along as a spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.orders.export import BYTE_ORDER_MARK, harmless
from cms.desk.orders.filters import ALL, made_by, within
from cms.desk.orders.searching import found_by
from cms.desk.searches import WIDE_ENOUGH
from marketplace import clock
from marketplace.audit.models import record
from marketplace.look.figures import day, dong
from marketplace.order.models import Order, Reason, ReturnChange, ReturnRequest, ReturnState, Role

NAME = "desk_returns"
EXPORTED = "returns_exported"
SILENT, WAITING = "silent", "waiting"


class ReturnFilters(WagtailFilterSet):  # type: ignore[misc]
    """Each narrows further."""

    state = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=ReturnState.choices, widget=forms.CheckboxSelectMultiple
    )
    overdue = django_filters.ChoiceFilter(
        label=_("Quá hạn"),
        choices=[
            (SILENT, _("Nhà sản xuất không trả lời trong hạn")),
            (WAITING, _("Nhà sản xuất phải trả lời hôm nay")),
        ],
        empty_label=ALL,
        method="overdue_so",
        widget=forms.RadioSelect,
    )
    reason = django_filters.MultipleChoiceFilter(
        label=_("Lý do"), choices=Reason.choices, widget=forms.CheckboxSelectMultiple
    )
    requested = django_filters.DateFromToRangeFilter(
        label=_("Ngày gửi"), method="requested_within", widget=DateRangePickerWidget
    )
    producer = django_filters.CharFilter(label=_("Nhà sản xuất"), method="with_producer")

    class Meta:
        model = ReturnRequest
        fields: list[str] = []

    def overdue_so(self, found: QuerySet[ReturnRequest], name: str, value: str) -> QuerySet[ReturnRequest]:
        moment = clock.now()
        if value == WAITING:
            tonight = datetime.combine(clock.today() + timedelta(days=1), time(), clock.VIETNAM)
            return found.filter(state=ReturnState.REQUESTED, due_at__gt=moment, due_at__lte=tonight)
        by_clock = ReturnChange.objects.filter(after=ReturnState.ESCALATED, role=Role.SYSTEM)
        late = Q(state=ReturnState.REQUESTED, due_at__lte=moment)
        return found.filter(late | Q(pk__in=by_clock.values("request")))

    def requested_within(
        self, found: QuerySet[ReturnRequest], name: str, value: slice
    ) -> QuerySet[ReturnRequest]:
        return found.filter(within("requested_at", value))

    def with_producer(self, found: QuerySet[ReturnRequest], name: str, value: str) -> QuerySet[ReturnRequest]:
        return found.filter(pk__in=ReturnRequest.objects.filter(made_by(value, "consignment__")).values("pk"))


class StateColumn(Column):  # type: ignore[misc]
    """Where it stands, with the mark of its state."""

    cell_template_name = "cms/desk/returns/_state.html"


def _page(row: ReturnRequest) -> str:
    return reverse("desk_return", args=[row.pk])


class Returns(ReportView):  # type: ignore[misc]
    model = ReturnRequest
    page_title = _("Trả hàng")
    header_icon = "rotate"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = ReturnFilters
    is_searchable = True
    default_ordering = "-requested_at"
    columns = [
        TitleColumn(
            "number", label=_("Mã yêu cầu"), get_url=_page, sort_key="number", link_attrs=WIDE_ENOUGH
        ),
        Column("order", label=_("Số đơn"), accessor="consignment.order.number"),
        Column("producer", label=_("Nhà sản xuất"), accessor="consignment.partner.name"),
        Column("reason", label=_("Lý do"), accessor="get_reason_display"),
        StateColumn("state", label=_("Tình trạng"), accessor="get_state_display"),
        Column(
            "requested",
            label=_("Ngày gửi"),
            accessor=lambda row: day(row.requested_at),
            sort_key="requested_at",
        ),
        Column(
            "due",
            label=_("Hạn"),
            accessor=lambda row: day(row.last_day) if row.last_day else "–",
            sort_key="due_at",
        ),
        Column(
            "refund",
            label=_("Tiền trả lại"),
            accessor=lambda row: dong(row.refund_amount),
            sort_key="refund_amount",
        ),
    ]
    list_export = [
        "number", "consignment.order.number", "consignment.partner.name", "get_reason_display", "get_state_display",
        "requested_at", "last_day", "goods_amount", "shipping_amount", "refund_amount",
    ]  # fmt: skip
    export_headings = {
        "number": _("Mã yêu cầu"),
        "consignment.order.number": _("Số đơn"),
        "consignment.partner.name": _("Nhà sản xuất"),
        "get_reason_display": _("Lý do"),
        "get_state_display": _("Tình trạng"),
        "requested_at": _("Ngày gửi"),
        "last_day": _("Hạn"),
        "goods_amount": _("Tiền hàng"),
        "shipping_amount": _("Phí giao"),
        "refund_amount": _("Tiền trả lại"),
    }
    export_filename = "tra-hang"
    custom_value_preprocess = ReportView.custom_value_preprocess | {str: {"csv": harmless, "xlsx": harmless}}

    def get_base_queryset(self) -> QuerySet[ReturnRequest]:
        return ReturnRequest.objects.select_related("consignment__order", "consignment__partner")

    def order_queryset(self, queryset: QuerySet[ReturnRequest]) -> QuerySet[ReturnRequest]:
        ordered: QuerySet[ReturnRequest] = queryset.order_by(self.ordering, "-id")
        return ordered

    def search_queryset(self, queryset: QuerySet[ReturnRequest]) -> QuerySet[ReturnRequest]:
        """By what orders are found by, and by the number of the request."""
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        orders = Order.objects.filter(found_by(text)).values("pk")
        return queryset.filter(Q(number__iexact=text) | Q(consignment__order__in=orders))

    def get_filtered_queryset(self) -> QuerySet[ReturnRequest]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        found: QuerySet[ReturnRequest] = self.get_queryset()
        return found

    def as_spreadsheet(self, queryset: QuerySet[ReturnRequest], spreadsheet_format: str) -> HttpResponseBase:
        """Recorded before anything leaves: who took how many rows."""
        facts = {"rows": queryset.count(), "searched": self.is_searching}
        record(action=EXPORTED, target=self.request.user, actor=self.request.user, after=facts)
        answer: HttpResponseBase = super().as_spreadsheet(queryset, spreadsheet_format)
        return answer

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)
