"""What people searched in vain, for whoever may enter the admin: to read only, most frequent first."""

from typing import Any

import django_filters
from django.db.models import Max, QuerySet, Sum
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from search.models import SearchLog

NAME = "vain_searches"


class Days(WagtailFilterSet):  # type: ignore[misc]
    day = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)

    class Meta:
        model = SearchLog
        fields = ["day"]


def _again(row: dict[str, Any]) -> str:
    return reverse("search:search") + "?" + urlencode({"q": row["text"]})


class VainSearches(ReportView):  # type: ignore[misc]
    """One row a text, counted over the days chosen; its link searches again, as a visitor would."""

    model = SearchLog
    page_title = _("Tìm không ra")
    header_icon = "search"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = Days
    default_ordering = ("-number", "-last", "text")
    columns = [
        TitleColumn("text", label=_("Đã tìm"), get_url=_again),
        NumberColumn("number", label=_("Số lần")),
        Column("shown", label=_("Kết quả hiện ra")),
        DateColumn("last", label=_("Lần cuối")),
    ]

    def get_base_queryset(self) -> QuerySet[SearchLog, Any]:
        texts = SearchLog.objects.order_by().values("text")
        return texts.annotate(number=Sum("times"), shown=Max("total"), last=Max("day"))


def urls() -> list[Any]:
    return [
        path("tim-khong-ra/", VainSearches.as_view(), name=NAME),
        path("tim-khong-ra/results/", VainSearches.as_view(results_only=True), name=f"{NAME}_results"),
    ]


def menu_item() -> MenuItem:
    return MenuItem(_("Tìm không ra"), reverse(NAME), name=NAME, icon_name="search", order=100)
