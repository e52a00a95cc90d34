"""What a list shows instead when nothing fits: the groups of goods, and products with most stars."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.cards import cards
from catalogue.ocop import CERTIFIED_FROM
from search.names import NameBook
from search.query import ProductQuery, Sort
from search.shelves import Wish, shelves

SHOWN = 5


def instead(asked: ProductQuery, names: NameBook) -> dict[str, Any]:
    """`suggestions` (label, url) and `rail` (title, cards, more_url, more_label) of templates/search/_nothing.html."""
    browse = reverse("search:browse")
    (best,) = shelves([Wish(least_star=CERTIFIED_FROM)], day=asked.day, adult=asked.adult, most=SHOWN)
    return {
        "suggestions": [
            {"label": group.local, "url": f"{browse}?nhom={group.slug}"}
            for group in names.categories
            if group.code.startswith("group-")
        ],
        "rail": {
            "title": _("Sản phẩm nhiều sao"),
            "cards": cards([found.id for found in best], day=asked.day),
            "more_url": f"{browse}?sap_xep={Sort.STARS}",
            "more_label": _("Xem tất cả"),
        },
    }
