"""The list of messages, newest first. Addresses are masked here and in spreadsheets; one message shows its own."""

import re
from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from marketplace.communication import kinds
from marketplace.communication.models import Message, MessageState
from marketplace.look.figures import day

from .about import about_orders, orders_of

NAME = "desk_messages"
WIDE_ENOUGH = {"class": "w-inline-block w-w-52"}  # without it phones show titles word below word
_address = re.compile(r"[^\s<>\"':;,()]+@[^\s<>\"':;,()]+")
LABELS = {
    "created_at": _("Tạo lúc"),
    "title": _("Nội dung"),
    "order": pgettext_lazy("one", "Đơn hàng"),
    "masked": _("Gửi đến"),
    "state_label": _("Tình trạng"),
    "ended_at": _("Xong lúc"),
    "attempts": _("Số lần thử"),
    "said": _("Lỗi gần nhất"),
}


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.name, kind.title) for kind in kinds.every()]


class MessageFilters(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"), choices=MessageState.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Nội dung"), choices=kind_choices, empty_label=_("Tất cả"))
    created_at = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields: list[str] = []


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "cms/desk/mail/_state.html"


def _page(message: Message) -> str:
    return reverse("desk_message", args=[message.pk])


class Messages(ReportView):  # type: ignore[misc]
    """An address is found when it is typed in full, so that nobody reads masked ones letter by letter."""

    model = Message
    page_title = _("Thư và thông báo")
    header_icon = "mail"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = MessageFilters
    is_searchable = True
    default_ordering = "-created_at"
    columns = [
        TitleColumn("title", label=LABELS["title"], get_url=_page, link_attrs=WIDE_ENOUGH),
        Column("order", label=LABELS["order"]),
        Column("masked", label=LABELS["masked"]),
        StateColumn("state_label", label=LABELS["state_label"]),
        Column(
            "created_at",
            label=LABELS["created_at"],
            accessor=lambda row: day(row.created_at),
            sort_key="created_at",
        ),
        Column("said", label=LABELS["said"]),
    ]
    list_export = list(LABELS)
    export_headings = LABELS
    export_filename = "thu-va-thong-bao"

    def get_base_queryset(self) -> QuerySet[Message]:
        return Message.objects.all()

    def order_queryset(self, queryset: QuerySet[Message]) -> QuerySet[Message]:
        return queryset.order_by(self.ordering, "-id")

    def search_queryset(self, queryset: QuerySet[Message]) -> QuerySet[Message]:
        if not self.is_searching:
            return queryset
        text = self.search_query.strip()
        return queryset.filter(Q(to__iexact=text) if "@" in text else about_orders(text))

    def get_filtered_queryset(self) -> QuerySet[Message]:
        """What Wagtail makes is narrowed already; doing it again would only cost."""
        messages: QuerySet[Message] = self.get_queryset()
        return messages

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        rows = list(object_list)
        orders = orders_of(rows)
        for row in rows:
            row.title, row.masked = title_of(row), masked(row.to)
            row.order, row.said = orders.get(row.pk, ""), one_cell(row.error)
            row.state_label = MessageState(row.state).label
        return rows


def title_of(message: Message) -> str:
    """A kind may have gone with the version that knew it."""
    try:
        return str(kinds.named(message.kind).title)
    except kinds.UnknownKind:
        return message.kind


def masked(address: str) -> str:
    """ "ho•••@example.com": enough to recognise, too little to use."""
    name, at, host = address.rpartition("@")
    return f"{name[:2]}•••{at}{host}" if at else "•••" if address else ""


def one_cell(text: str) -> str:
    """What a server said, short enough for a table, without whole addresses, and no formula for a spreadsheet."""
    return _address.sub(lambda found: masked(found[0]), text)[:120].lstrip("=+-@\t\r")
