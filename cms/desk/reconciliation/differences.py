"""The list of differences, newest first; they are explained on the page of their day."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.searches import WIDE_ENOUGH
from marketplace.look.figures import day
from marketplace.reconciliation.models import Difference, DifferenceState, Source, Why

from .lines import StateColumn, money

NAME = "desk_differences"


class DifferenceFilters(WagtailFilterSet):  # type: ignore[misc]
    """Each narrows further."""

    state = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=DifferenceState.choices, widget=forms.CheckboxSelectMultiple
    )
    source = django_filters.MultipleChoiceFilter(
        label=_("Nguồn"), choices=Source.choices, widget=forms.CheckboxSelectMultiple
    )
    why = django_filters.MultipleChoiceFilter(
        label=_("Vì sao"), choices=Why.choices, widget=forms.CheckboxSelectMultiple
    )
    day = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)

    class Meta:
        model = Difference
        fields: list[str] = []


def address(row: Any) -> str:
    """Its place on the page of its day."""
    return reverse("desk_day", args=[row.day.isoformat()]) + f"#chenh-lech-{row.pk}"


class Differences(ReportView):  # type: ignore[misc]
    model = Difference
    page_title = _("Chênh lệch")
    header_icon = "warning"
    results_template_name = "cms/desk/reconciliation/differences_results.html"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = DifferenceFilters
    is_searchable = True
    show_export_buttons = False
    default_ordering = "-day"
    columns = [
        TitleColumn("what", label=_("Khoản"), get_url=address, link_attrs=WIDE_ENOUGH),
        Column("day", label=_("Ngày"), accessor=lambda row: day(row.day), sort_key="day"),
        Column("source", label=_("Nguồn"), accessor="get_source_display"),
        Column("why", label=_("Vì sao"), accessor="get_why_display"),
        Column("ours", label=_("Sổ của Chợ"), accessor=money("ours")),
        Column("theirs", label=_("Bên kia"), accessor=money("theirs")),
        StateColumn("state", label=_("Tình trạng"), accessor="get_state_display"),
    ]

    def get_base_queryset(self) -> QuerySet[Difference]:
        return Difference.objects.all()

    def order_queryset(self, queryset: QuerySet[Difference]) -> QuerySet[Difference]:
        ordered: QuerySet[Difference] = queryset.order_by(self.ordering, "-id")
        return ordered

    def search_queryset(self, queryset: QuerySet[Difference]) -> QuerySet[Difference]:
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        return queryset.filter(Q(what__icontains=text) | Q(payment__order__number__iexact=text))

    def get_filtered_queryset(self) -> QuerySet[Difference]:
        found: QuerySet[Difference] = self.get_queryset()
        return found
