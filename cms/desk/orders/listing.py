"""The list of all orders, newest first: to search, to narrow, to sort, and to take along as a spreadsheet."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from marketplace import clock
from marketplace.audit.models import record
from marketplace.look.figures import day
from marketplace.order.models import DeliveryState, Order, Parcel
from marketplace.order.states import delivery_state
from marketplace.payment.sums import Back, sums_at, with_sums

from .export import spreadsheet
from .filters import OrderFilters
from .rights import EXPORT
from .searching import found_by

NAME = "desk_orders"
EXPORTED = "orders_exported"
WHOLE = {"class": "desk-nowrap"}  # or phones break the number at every letter


@dataclass(frozen=True)
class Parts:
    """What an order's consignments and parcels come to."""

    producers: int
    state: DeliveryState


def with_parts(orders: QuerySet[Order]) -> list[Order]:
    """The orders, each with its `parts`, in one query."""
    rows = Parcel.objects.filter(consignment__order__in=[order.pk for order in orders]).order_by()
    states: dict[int, list[str]] = defaultdict(list)
    parts: dict[int, set[int]] = defaultdict(set)
    for order, consignment, state in rows.values_list("consignment__order", "consignment", "state"):
        states[order].append(state)
        parts[order].add(consignment)
    for one in orders:
        one.parts = Parts(len(parts[one.pk]), delivery_state(states[one.pk]))
    return list(orders)


def _payment(order: Order) -> str:
    """As badges say it; `back` is what with_sums wrote at the order."""
    back = Back(order.back)
    return str(order.get_payment_state_display() if back == Back.NOTHING else back.label)


class MoneyColumn(Column):  # type: ignore[misc]
    """What it costs now; with the total as it was placed, where that was more."""

    cell_template_name = "cms/desk/orders/_money.html"


class StateColumn(Column):  # type: ignore[misc]
    """A derived state, with a mark for those that ended badly."""

    cell_template_name = "cms/desk/orders/_state.html"


def _page(order: Order) -> str:
    return reverse("desk_order", args=[order.pk])


class Orders(ReportView):  # type: ignore[misc]
    model = Order
    page_title = _("Đơn hàng")
    header_icon = "form"
    results_template_name = "cms/desk/orders/orders_results.html"
    index_url_name = NAME
    paginate_by = 30
    index_results_url_name = f"{NAME}_results"
    filterset_class = OrderFilters
    is_searchable = True
    default_ordering = "-date_placed"
    columns = [
        TitleColumn("number", label=_("Số đơn"), get_url=_page, link_attrs=WHOLE, sort_key="number"),
        Column(
            "placed", label=_("Ngày đặt"), accessor=lambda row: day(row.date_placed), sort_key="date_placed"
        ),
        Column("buyer", label=_("Người nhận"), accessor="shipping_address.first_name"),
        MoneyColumn(
            "owed", label=_("Phải trả"), accessor=lambda row: sums_at(row).owed, sort_key="total_incl_tax"
        ),
        Column("payment", label=_("Thanh toán"), accessor=_payment),
        StateColumn("delivery", label=_("Giao hàng"), accessor="parts.state"),
        Column("producers", label=_("Số nhà sản xuất"), accessor="parts.producers"),
    ]

    @cached_property
    def show_export_buttons(self) -> bool:
        return bool(self.request.user.has_perm(EXPORT))

    def get_base_queryset(self) -> QuerySet[Order]:
        orders: QuerySet[Order] = Order.objects.all()
        return orders

    def paginate_queryset(self, queryset: QuerySet[Order], page_size: int) -> tuple[Any, ...]:
        """The sums are added up for the rows of the page alone, in the query that reads them; PostgreSQL would do it
        for the thousands that come before a far page too."""
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        shown = with_sums(Order.objects.filter(pk__in=rows.values("pk")).select_related("shipping_address"))
        page.object_list = with_parts(self.order_queryset(shown))
        return paginator, page, page.object_list, more

    def order_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        ordered: QuerySet[Order] = queryset.order_by(self.ordering, "-id")
        return ordered

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        narrowed = Q() if not self.is_searching else found_by(self.search_query)
        return queryset.filter(narrowed)

    def get_filtered_queryset(self) -> QuerySet[Order]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        orders: QuerySet[Order] = self.get_queryset()
        return orders

    def as_spreadsheet(self, queryset: QuerySet[Order], spreadsheet_format: str) -> HttpResponseBase:
        """Recorded before anything leaves: who took how many rows, narrowed by what. What was searched for may be
        somebody's number or name, so only that there was something is kept."""
        if not self.request.user.has_perm(EXPORT):
            raise PermissionDenied
        chosen = {name: values for name, values in self.request.GET.lists() if name != "q" and any(values)}
        facts = {"rows": queryset.count(), "chosen": chosen, "searched": self.is_searching}
        record(action=EXPORTED, target=self.request.user, actor=self.request.user, after=facts)
        name = f"don-hang-{clock.today():%Y%m%d}"
        return spreadsheet(queryset, spreadsheet_format, name=name)
