"""Where the ways to the shop's own pages begin, for templates/components/crumbs.html."""

from django.urls import reverse
from django.utils.translation import gettext as _

Crumb = dict[str, str]


def home() -> Crumb:
    return {"label": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}


def all_products() -> Crumb:
    return {"label": _("Sản phẩm"), "url": reverse("search:browse")}
