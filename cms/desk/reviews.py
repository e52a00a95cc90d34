"""Staff's list of reviews: to search, to narrow, to take along; and the page of each, where reports are decided."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn

from cms.desk.said.listing import SaidList
from cms.desk.said.page import Screen, forms_of_review
from cms.desk.said.rights import REVIEWS, ItemOfRights, needs_any
from marketplace.look.figures import day
from marketplace.reviews.models import ProductReview, ReviewReply

NAME = "desk_review"
LIST = f"{NAME}s"


def _rows() -> QuerySet[Any]:
    rows = ProductReview.objects.select_related("product__producer__partner", "line__order", "reply")
    return rows.prefetch_related("photos")


def _page(review: ProductReview) -> str:
    return reverse(NAME, args=[review.pk])


class Filters(WagtailFilterSet):  # type: ignore[misc]
    waits = django_filters.ChoiceFilter(
        label=_("Cần làm"),
        choices=[("reports", _("Có báo cáo chờ quyết định")), ("reply", _("Chưa có trả lời"))],
        empty_label=_("Tất cả"),
        method="narrowed",
    )

    class Meta:
        model = ProductReview
        fields = ["waits", "score", "status", "hidden_reason"]

    def narrowed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "reports":
            return rows.filter(open_reports__gt=0)
        return rows.filter(~Exists(ReviewReply.objects.filter(review=OuterRef("pk"))))


class Reviews(SaidList):
    model = ProductReview
    page_title = _("Đánh giá")
    header_icon = "comment"
    index_url_name = LIST
    index_results_url_name = f"{LIST}_results"
    filterset_class = Filters
    rows = staticmethod(_rows)
    searched = ("body", "name")
    default_ordering = "-date_created"
    columns = [
        TitleColumn("body", label=_("Nhận xét"), get_url=_page, accessor=lambda row: row.body[:120] or "–"),
        NumberColumn("score", label=_("Điểm"), sort_key="score"),
        Column("product", label=_("Sản phẩm")),
        Column("producer", label=_("Nhà sản xuất"), accessor="product.producer.partner.name"),
        NumberColumn("open_reports", label=_("Báo cáo đang chờ"), sort_key="open_reports"),
        Column("status", label=_("Tình trạng"), accessor="get_status_display"),
        Column(
            "date_created",
            label=_("Viết lúc"),
            accessor=lambda row: day(row.date_created),
            sort_key="date_created",
        ),
    ]
    list_export = [
        "pk", "date_created", "score", "body", "name", "product.title", "product.producer.partner.name",
        "get_status_display", "get_hidden_reason_display", "open_reports",
    ]  # fmt: skip
    export_headings = {
        "pk": _("Số"),
        "date_created": _("Viết lúc"),
        "score": _("Điểm"),
        "body": _("Nhận xét"),
        "name": _("Tên hiện công khai"),
        "product.title": _("Sản phẩm"),
        "product.producer.partner.name": _("Nhà sản xuất"),
        "get_status_display": _("Tình trạng"),
        "get_hidden_reason_display": _("Lý do ẩn"),
        "open_reports": _("Báo cáo đang chờ"),
    }
    export_filename = "danh-gia"


SCREEN = Screen(NAME, "cms/desk/said/review.html", _("Đánh giá"), _rows, forms_of_review)


def urls() -> list[Any]:
    guard = needs_any(*REVIEWS)
    return [
        path("danh-gia/", guard(Reviews.as_view()), name=LIST),
        path("danh-gia/results/", guard(Reviews.as_view(results_only=True)), name=f"{LIST}_results"),
        path("danh-gia/<int:pk>/", guard(SCREEN.detail), name=NAME),
        path("danh-gia/<int:pk>/<slug:name>/", guard(SCREEN.act), name=f"{NAME}_act"),
    ]


def menu_item() -> ItemOfRights:
    return ItemOfRights(
        Reviews.page_title, reverse(LIST), name=LIST, icon_name="comment", order=260, rights=REVIEWS
    )
