"""The list of lines, newest first: to search, to narrow, to sort."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.orders.filters import ALL
from cms.desk.searches import WIDE_ENOUGH
from marketplace.look.figures import day, dong
from marketplace.reconciliation.models import FileKind, Line, LineState

NAME = "desk_lines"
IN, OUT = "in", "out"


class LineFilters(WagtailFilterSet):  # type: ignore[misc]
    """Each narrows further."""

    state = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=LineState.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(
        label=_("Nguồn"),
        choices=FileKind.choices,
        empty_label=ALL,
        method="of_kind",
        widget=forms.RadioSelect,
    )
    way = django_filters.ChoiceFilter(
        label=_("Chiều"),
        choices=[(IN, _("tiền vào")), (OUT, _("tiền ra"))],
        empty_label=ALL,
        method="going",
        widget=forms.RadioSelect,
    )
    day = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)
    imported = django_filters.NumberFilter(label=_("Số của lần nhập"))

    class Meta:
        model = Line
        fields: list[str] = []

    def of_kind(self, found: QuerySet[Line], name: str, value: str) -> QuerySet[Line]:
        return found.filter(carrier__isnull=value == FileKind.BANK)

    def going(self, found: QuerySet[Line], name: str, value: str) -> QuerySet[Line]:
        return found.filter(amount__gt=0) if value == IN else found.filter(amount__lt=0)


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "cms/desk/reconciliation/_state.html"


class HintColumn(Column):  # type: ignore[misc]
    """What it may be, or is."""

    cell_template_name = "cms/desk/reconciliation/_hint.html"


def _words(row: Line) -> str:
    return (row.text or row.tracking)[:80]


class Lines(ReportView):  # type: ignore[misc]
    model = Line
    page_title = _("Dòng sao kê")
    header_icon = "list-ul"
    results_template_name = "cms/desk/reconciliation/lines_results.html"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = LineFilters
    is_searchable = True
    show_export_buttons = False
    default_ordering = "-day"
    columns = [
        TitleColumn(
            "text",
            label=_("Nội dung"),
            accessor=_words,
            get_url=lambda row: reverse("desk_line", args=[row.pk]),
            link_attrs=WIDE_ENOUGH,
        ),
        Column("day", label=_("Ngày"), accessor=lambda row: day(row.day), sort_key="day"),
        Column("amount", label=_("Số tiền"), accessor=lambda row: dong(row.amount), sort_key="amount"),
        StateColumn("state", label=_("Tình trạng"), accessor="get_state_display"),
        HintColumn("hint", label=_("Đơn hàng"), accessor="hint"),
        Column("layout", label=_("Nguồn"), accessor="imported.layout.name"),
    ]

    def get_base_queryset(self) -> QuerySet[Line]:
        return Line.objects.select_related(
            "imported__layout", "payment__order", "hinted__order", "refund__payment__order"
        )

    def order_queryset(self, queryset: QuerySet[Line]) -> QuerySet[Line]:
        ordered: QuerySet[Line] = queryset.order_by(self.ordering, "-id")
        return ordered

    def search_queryset(self, queryset: QuerySet[Line]) -> QuerySet[Line]:
        """By note, references, tracking number, the order's number, or the amount in digits."""
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        found = Q(text__icontains=text) | Q(reference__icontains=text) | Q(tracking__iexact=text)
        found |= Q(payment__order__number__iexact=text) | Q(payment__reference__iexact=text)
        digits = text.replace(".", "").replace(",", "")
        if digits.isdecimal() and digits.isascii() and len(digits) <= 12:
            found |= Q(amount__in=[int(digits), -int(digits)])
        return queryset.filter(found)

    def get_filtered_queryset(self) -> QuerySet[Line]:
        found: QuerySet[Line] = self.get_queryset()
        return found


def money(name: str) -> Any:
    """A column's amount, or a dash for a side that says nothing."""

    def shown(row: Any) -> str:
        amount = getattr(row, name)
        return "–" if amount is None else dong(amount)

    return shown
