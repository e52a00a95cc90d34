"""Search as a Django app; its core (text, query, ranking) needs no Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Tìm kiếm")
