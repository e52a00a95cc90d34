"""Products whose documents Elasticsearch refuses, with the reason: to read only, longest waiting first."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from catalogue.models import Product, product_url
from marketplace.look.figures import day
from search.models import Waiting

NAME = "refused_products"


def _page(row: Any) -> str:
    return product_url(row.product_id, row.slug or "-")


class RefusedProducts(ReportView):  # type: ignore[misc]
    """They are found by the shop's own database alone; changing the product has it sent again."""

    model = Waiting
    page_title = _("Chưa vào được Elasticsearch")
    header_icon = "warning"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    default_ordering = ("since", "pk")
    columns = [
        TitleColumn("title", label=_("Sản phẩm"), get_url=_page),
        Column("refused", label=_("Lý do bị từ chối")),
        Column("since", label=_("Chờ từ lúc"), accessor=lambda row: day(row.since)),
    ]

    def get_base_queryset(self) -> QuerySet[Waiting]:
        product = Product.objects.filter(pk=OuterRef("product_id"))
        return Waiting.objects.exclude(refused="").annotate(
            title=Subquery(product.values("title")[:1]), slug=Subquery(product.values("slug")[:1])
        )


def urls() -> list[Any]:
    return [
        path("chua-vao-elasticsearch/", RefusedProducts.as_view(), name=NAME),
        path(
            "chua-vao-elasticsearch/results/",
            RefusedProducts.as_view(results_only=True),
            name=f"{NAME}_results",
        ),
    ]


def menu_item() -> MenuItem:
    return MenuItem(RefusedProducts.page_title, reverse(NAME), name=NAME, icon_name="warning", order=110)
