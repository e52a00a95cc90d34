"""The list of all orders, newest first: to search, to narrow, to sort, and to take along as a spreadsheet."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from marketplace.look.figures import day, dong
from marketplace.order.models import Order

from .filters import OrderFilters
from .searching import found_by

NAME = "desk_orders"


class MoneyColumn(Column):  # type: ignore[misc]
    """What is owed; with the total as it was placed, where something was cancelled."""

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
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = OrderFilters
    is_searchable = True
    default_ordering = "-date_placed"
    columns = [
        TitleColumn("number", label=_("Số đơn"), get_url=_page, sort_key="number"),
        Column(
            "placed", label=_("Ngày đặt"), accessor=lambda row: day(row.date_placed), sort_key="date_placed"
        ),
        Column("buyer", label=_("Người nhận"), accessor="shipping_address.first_name"),
        MoneyColumn(
            "owed", label=_("Phải trả"), accessor=lambda row: dong(row.owed), sort_key="total_incl_tax"
        ),
        Column("payment", label=_("Thanh toán"), accessor="get_payment_state_display"),
        StateColumn("delivery", label=_("Giao hàng"), accessor="delivery_state"),
        Column("producers", label=_("Số nhà sản xuất"), accessor=lambda row: len(row.consignments.all())),
    ]

    def get_base_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("shipping_address").prefetch_related("consignments__parcels")

    def order_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset.order_by(self.ordering, "-id")

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset.filter(found_by(self.search_query)) if self.is_searching else queryset

    def get_filtered_queryset(self) -> QuerySet[Order]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        orders: QuerySet[Order] = self.get_queryset()
        return orders
