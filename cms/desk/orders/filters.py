"""By what staff narrow the lists of orders and of parcels."""

from datetime import datetime, time

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from marketplace import clock
from marketplace.order.derived import has_parcels_in, in_delivery_state, late
from marketplace.order.models import DeliveryState, Order, Parcel, ParcelState, PaymentState
from marketplace.payment.sums import Back, with_sums
from producers.places import fold
from search.names import names

ALL = _("Tất cả")


def provinces() -> list[tuple[str, str]]:
    """Address and name of each, as search keeps them: no query for a list of choices."""
    return [(place.slug, place.local) for place in names.get().provinces]


def made_by(text: str, path: str = "") -> Q:
    """A condition: the producer's name, in any spelling, has this in it; `path` leads to the partner."""
    partner = f"{path}partner__"
    named = Q(**{f"{partner}name__icontains": text.strip()})
    slug = slugify(fold(text))
    return named | Q(**{f"{partner}producer__slug__contains": slug}) if slug else named


def within(field: str, days: slice) -> Q:
    """A condition: the moment lies on these days in Vietnam, whatever the time zone of who asks; ends may be open."""
    found = Q()
    if days.start:
        found &= Q(**{f"{field}__gte": datetime.combine(days.start, time.min, clock.VIETNAM)})
    if days.stop:
        found &= Q(**{f"{field}__lte": datetime.combine(days.stop, time.max, clock.VIETNAM)})
    return found


class OrderFilters(WagtailFilterSet):  # type: ignore[misc]
    """Each narrows further."""

    payment_state = django_filters.MultipleChoiceFilter(
        label=_("Thanh toán"), choices=PaymentState.choices, widget=forms.CheckboxSelectMultiple
    )
    back = django_filters.MultipleChoiceFilter(
        label=_("Tiền trả lại"),
        choices=[(back.value, back.label) for back in Back if back != Back.NOTHING],
        method="with_money_back",
        widget=forms.CheckboxSelectMultiple,
    )
    delivery = django_filters.ChoiceFilter(
        label=_("Tình trạng giao"),
        choices=DeliveryState.choices,
        empty_label=ALL,
        method="delivered_so_far",
        widget=forms.RadioSelect,
    )
    parcels = django_filters.MultipleChoiceFilter(
        label=_("Có kiện đang ở"),
        choices=ParcelState.choices,
        method="with_parcels",
        widget=forms.CheckboxSelectMultiple,
    )
    late = django_filters.ChoiceFilter(
        label=_("Giao trễ"),
        choices=[("1", _("Đã quá ngày hẹn mà chưa giao xong"))],
        empty_label=ALL,
        method="overdue",
        widget=forms.RadioSelect,
    )
    placed = django_filters.DateFromToRangeFilter(
        label=_("Ngày đặt"), method="placed_within", widget=DateRangePickerWidget
    )
    province = django_filters.ChoiceFilter(
        label=_("Tỉnh, thành phố nhận"),
        field_name="shipping_address__province__slug",
        choices=provinces,
        empty_label=ALL,
    )
    producer = django_filters.CharFilter(label=_("Nhà sản xuất"), method="with_producer")
    carrier = django_filters.CharFilter(label=_("Đơn vị vận chuyển"), method="carried_by")

    class Meta:
        model = Order
        fields: list[str] = []

    def with_money_back(self, orders: QuerySet[Order], name: str, value: list[str]) -> QuerySet[Order]:
        if not value:
            return orders
        touched = Q(payments__refunds__isnull=False) | Q(payments__disputes__isnull=False)
        return orders.filter(
            pk__in=with_sums(Order.objects.filter(touched)).filter(back__in=value).values("pk")
        )

    def delivered_so_far(self, orders: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return orders.filter(in_delivery_state(DeliveryState(value)))

    def with_parcels(self, orders: QuerySet[Order], name: str, value: list[str]) -> QuerySet[Order]:
        return orders.filter(has_parcels_in(map(ParcelState, value))) if value else orders

    def overdue(self, orders: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return orders.filter(late(clock.today()))

    def placed_within(self, orders: QuerySet[Order], name: str, value: slice) -> QuerySet[Order]:
        return orders.filter(within("date_placed", value))

    def with_producer(self, orders: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return orders.filter(pk__in=Order.objects.filter(made_by(value, "consignments__")).values("pk"))

    def carried_by(self, orders: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        carried = Parcel.objects.filter(carrier__name__icontains=value.strip())
        return orders.filter(pk__in=carried.values("consignment__order"))
