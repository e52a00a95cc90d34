"""What visitors search for and open, for whoever may enter the admin: to read only, most frequent first."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import F, Max, QuerySet, Sum
from django.forms import RadioSelect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from search.models import SearchLog

NAME = "searches"
OFTEN = 3
AT_ONCE = 500
WIDE_ENOUGH = {"class": "w-inline-block w-w-52"}  # without it phones show texts letter below letter
VAIN, UNOPENED = "in_vain", "unopened"
LABELS = {
    "text": _("Đã tìm"),
    "number": _("Số lần tìm"),
    "vain": _("Tìm không ra"),
    "opened": _("Lần mở"),
    "share": _("Mở trên 100 lần tìm"),
    "shown": _("Kết quả lần cuối"),
    "last": _("Ngày cuối"),
}


class Chosen(WagtailFilterSet):  # type: ignore[misc]
    """Days, and which texts. Without a choice those searched at least OFTEN, as the others are too many to read;
    of those in vain and those never opened every one: a single visitor may have missed what the shop should have."""

    day = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)
    which = django_filters.ChoiceFilter(
        label=_("Lần tìm"),
        choices=[(VAIN, _("Tìm không ra")), (UNOPENED, _("Tìm ra mà không mở"))],
        empty_label=_("Tất cả, từ 3 lần trở lên"),
        method="narrowed",
        widget=RadioSelect,
    )

    class Meta:
        model = SearchLog
        fields = ["day"]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["which"] else found.filter(number__gte=OFTEN)

    def narrowed(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == VAIN:
            return queryset.filter(vain__gt=0)
        return queryset.filter(opened=0, number__gt=F("vain"))


def _again(row: dict[str, Any]) -> str:
    return reverse("search:search") + "?" + urlencode({"q": row["text"]})


def _last_day(row: dict[str, Any]) -> str:
    """The day itself: Wagtail's column for dates would say how many hours it is ago, and only days are known."""
    return date_format(row["last"], "SHORT_DATE_FORMAT")


class Searches(ReportView):  # type: ignore[misc]
    """One row a text, counted over the days chosen; its link searches again, as a visitor would.

    `share` can be above 100: one search may lead to several products. The texts that spreadsheets are given hold
    letters, digits and words between (search/text/tokens.py), so none can begin a formula.
    """

    model = SearchLog
    page_title = _("Khách tìm gì")
    header_icon = "search"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = Chosen
    default_ordering = ("-number", "-last", "text")
    columns = [
        TitleColumn("text", label=LABELS["text"], get_url=_again, link_attrs=WIDE_ENOUGH),
        NumberColumn("number", label=LABELS["number"], sort_key="number"),
        NumberColumn("vain", label=LABELS["vain"], sort_key="vain"),
        NumberColumn("opened", label=LABELS["opened"], sort_key="opened"),
        NumberColumn("share", label=LABELS["share"], sort_key="share"),
        Column("shown", label=LABELS["shown"]),
        Column("last", label=LABELS["last"], accessor=_last_day, sort_key="last"),
    ]
    list_export = list(LABELS)
    export_headings = LABELS
    export_filename = "khach-tim-gi"

    def get_base_queryset(self) -> QuerySet[SearchLog, Any]:
        texts = SearchLog.objects.order_by().values("text")
        return texts.annotate(
            number=Sum("times"),
            vain=Sum("in_vain"),
            opened=Sum("clicks"),
            share=Sum("clicks") * 100 / Sum("times"),
            last=Max("day"),
        )

    def decorate_paginated_queryset(self, object_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """With how many results each text showed on its last day; a spreadsheet has all rows on its one page."""
        rows = list(object_list)
        for first in range(0, len(rows), AT_ONCE):
            _add_shown(rows[first : first + AT_ONCE])
        return rows


def _add_shown(rows: list[dict[str, Any]]) -> None:
    days, texts = {row["last"] for row in rows}, [row["text"] for row in rows]
    found = SearchLog.objects.filter(day__in=days, text__in=texts).values_list("text", "day", "total")
    totals = {(text, day): total for text, day, total in found}
    for row in rows:
        row["shown"] = totals.get((row["text"], row["last"]))


def urls() -> list[Any]:
    return [
        path("khach-tim-gi/", Searches.as_view(), name=NAME),
        path("khach-tim-gi/results/", Searches.as_view(results_only=True), name=f"{NAME}_results"),
    ]


def menu_item() -> MenuItem:
    return MenuItem(Searches.page_title, reverse(NAME), name=NAME, icon_name="search", order=100)
