"""Staff's list of questions: to search, to narrow, to take along; and the page of each, where they are answered."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn

from cms.desk.said.listing import SaidList
from cms.desk.said.page import Screen, forms_of_question
from cms.desk.said.rights import QUESTIONS, ItemOfRights, needs_any
from marketplace.look.figures import day
from marketplace.questions.models import Question, State

NAME = "desk_question"
LIST = f"{NAME}s"


def _rows() -> QuerySet[Any]:
    return Question.objects.select_related("product__producer__partner", "user", "answered_by")


def _page(question: Question) -> str:
    return reverse(NAME, args=[question.pk])


class Filters(WagtailFilterSet):  # type: ignore[misc]
    waits = django_filters.ChoiceFilter(
        label=_("Cần làm"),
        choices=[("answer", _("Chờ trả lời")), ("reports", _("Có báo cáo chờ quyết định"))],
        empty_label=_("Tất cả"),
        method="narrowed",
    )

    class Meta:
        model = Question
        fields = ["waits", "state"]

    def narrowed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(state=State.WAITING) if value == "answer" else rows.filter(open_reports__gt=0)


class Questions(SaidList):
    model = Question
    page_title = _("Câu hỏi")
    header_icon = "help"
    index_url_name = LIST
    index_results_url_name = f"{LIST}_results"
    filterset_class = Filters
    rows = staticmethod(_rows)
    searched = ("text", "answer")
    default_ordering = "-asked_at"
    columns = [
        TitleColumn("text", label=_("Câu hỏi"), get_url=_page, accessor=lambda row: row.text[:120]),
        Column("product", label=_("Sản phẩm")),
        Column("producer", label=_("Nhà sản xuất"), accessor="product.producer.partner.name"),
        Column("state", label=_("Tình trạng"), accessor="get_state_display"),
        NumberColumn("open_reports", label=_("Báo cáo đang chờ"), sort_key="open_reports"),
        Column("asked_at", label=_("Hỏi lúc"), accessor=lambda row: day(row.asked_at), sort_key="asked_at"),
    ]
    list_export = [
        "pk", "asked_at", "text", "name", "product.title", "product.producer.partner.name", "get_state_display",
        "answer", "answered_at", "open_reports",
    ]  # fmt: skip
    export_headings = {
        "pk": _("Số"),
        "asked_at": _("Hỏi lúc"),
        "text": _("Câu hỏi"),
        "name": _("Tên hiện công khai"),
        "product.title": _("Sản phẩm"),
        "product.producer.partner.name": _("Nhà sản xuất"),
        "get_state_display": _("Tình trạng"),
        "answer": _("Trả lời"),
        "answered_at": _("Trả lời lúc"),
        "open_reports": _("Báo cáo đang chờ"),
    }
    export_filename = "cau-hoi"


SCREEN = Screen(NAME, "cms/desk/said/question.html", _("Câu hỏi"), _rows, forms_of_question)


def urls() -> list[Any]:
    guard = needs_any(*QUESTIONS)
    return [
        path("cau-hoi/", guard(Questions.as_view()), name=LIST),
        path("cau-hoi/results/", guard(Questions.as_view(results_only=True)), name=f"{LIST}_results"),
        path("cau-hoi/<int:pk>/", guard(SCREEN.detail), name=NAME),
        path("cau-hoi/<int:pk>/<slug:name>/", guard(SCREEN.act), name=f"{NAME}_act"),
    ]


def menu_item() -> ItemOfRights:
    return ItemOfRights(
        Questions.page_title, reverse(LIST), name=LIST, icon_name="help", order=261, rights=QUESTIONS
    )
