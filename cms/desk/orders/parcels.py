"""What is to be done today: parcels that wait, the oldest first, and moving many of them at once."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from marketplace import clock
from marketplace.look.figures import day
from marketplace.order.derived import OPEN
from marketplace.order.models import Parcel, ParcelItem, ParcelState
from marketplace.order.parcels import SETTLED
from marketplace.order.states import AT_PRODUCER

from .filters import ALL, made_by, provinces
from .listing import WHOLE
from .many import MANY
from .rights import MOVE

NAME = "desk_parcels"
STATES = [(state.value, state.label) for state in ParcelState if state in OPEN]


class ParcelFilters(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=STATES, empty_label=_("Chưa gửi đi"), widget=forms.RadioSelect
    )
    late = django_filters.ChoiceFilter(
        label=_("Giao trễ"),
        choices=[("1", _("Đã quá ngày hẹn"))],
        empty_label=ALL,
        method="overdue",
        widget=forms.RadioSelect,
    )
    producer = django_filters.CharFilter(label=_("Nhà sản xuất"), method="of_producer")
    province = django_filters.ChoiceFilter(
        label=_("Tỉnh, thành phố nhận"),
        field_name="consignment__order__shipping_address__province__slug",
        choices=provinces,
        empty_label=ALL,
    )

    class Meta:
        model = Parcel
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Parcel]) -> QuerySet[Parcel]:
        found: QuerySet[Parcel] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["state"] else found.filter(state__in=sorted(AT_PRODUCER))

    def overdue(self, parcels: QuerySet[Parcel], name: str, value: str) -> QuerySet[Parcel]:
        return parcels.filter(consignment__deliver_to__lt=clock.today())

    def of_producer(self, parcels: QuerySet[Parcel], name: str, value: str) -> QuerySet[Parcel]:
        return parcels.filter(made_by(value, "consignment__"))


class ChosenColumn(Column):  # type: ignore[misc]
    """A box to tick, named after the parcel."""

    cell_template_name = "cms/desk/orders/_chosen.html"


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "cms/desk/orders/_parcel_state.html"


class PromiseColumn(Column):  # type: ignore[misc]
    """The last day that was promised, marked once it has passed."""

    cell_template_name = "cms/desk/orders/_promise.html"

    def get_cell_context_data(self, instance: Parcel, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"late": instance.consignment.deliver_to < clock.today()}


def _page(parcel: Parcel) -> str:
    return reverse("desk_order", args=[parcel.consignment.order_id]) + f"#kien-{parcel.pk}"


def _contents(parcel: Parcel) -> str:
    return ", ".join(f"{item.quantity} × {item.line.title}" for item in parcel.items.all())


def _province(parcel: Parcel) -> str:
    address = parcel.consignment.order.shipping_address
    return address.province.display_name if address and address.province else ""


class Parcels(ReportView):  # type: ignore[misc]
    """Parcels of orders that are paid or paid on delivery; of others nothing may be done yet."""

    model = Parcel
    page_title = _("Kiện hàng cần làm")
    header_icon = "clipboard-list"
    results_template_name = "cms/desk/orders/parcels_results.html"
    index_url_name = NAME
    paginate_by = 30
    index_results_url_name = f"{NAME}_results"
    filterset_class = ParcelFilters
    default_ordering = "state_since"
    columns = [
        ChosenColumn("pk", label=_("Chọn")),
        TitleColumn("number", label=_("Kiện"), accessor=str, get_url=_page, link_attrs=WHOLE),
        StateColumn("state", label=_("Tình trạng")),
        Column(
            "since", label=_("Từ ngày"), accessor=lambda row: day(row.state_since), sort_key="state_since"
        ),
        PromiseColumn(
            "promise",
            label=_("Hẹn giao"),
            accessor=lambda row: day(row.consignment.deliver_to),
            sort_key="consignment__deliver_to",
        ),
        Column("producer", label=_("Nhà sản xuất"), accessor="consignment.partner"),
        Column("province", label=_("Nơi nhận"), accessor=_province),
        Column("contents", label=_("Trong kiện"), accessor=_contents),
    ]

    def get_base_queryset(self) -> QuerySet[Parcel]:
        rows = Parcel.objects.filter(consignment__order__payment_state__in=SETTLED, state__in=sorted(OPEN))
        return rows.select_related(
            "consignment__partner", "consignment__order__shipping_address__province"
        ).prefetch_related(Prefetch("items", ParcelItem.objects.select_related("line")))

    def order_queryset(self, queryset: QuerySet[Parcel]) -> QuerySet[Parcel]:
        return queryset.order_by(self.ordering, "pk")

    def get_filtered_queryset(self) -> QuerySet[Parcel]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        parcels: QuerySet[Parcel] = self.get_queryset()
        return parcels

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        may_move = self.request.user.has_perm(MOVE)
        return context | {"many": [form for form in MANY.values() if may_move]}
