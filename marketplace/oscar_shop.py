"""Oscar's apps that are installed but not mounted: their models serve, their views are never loaded.

Oscar's configs load every view in `ready`, and through them Haystack and the whole dashboard.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.core.application import OscarConfig


class Quiet(OscarConfig):  # type: ignore[misc]
    """Loads nothing and mounts nothing."""

    def ready(self) -> None: ...

    def get_urls(self) -> list[Any]:
        return []


class Shop(Quiet):
    name = "oscar"


class Dashboard(Quiet):
    """Only because Oscar's template tags ask for it; it has no tables."""

    name = "oscar.apps.dashboard"
    label = "dashboard"


class Voucher(Quiet):
    name = "oscar.apps.voucher"
    label = "voucher"
    verbose_name = _("Mã ưu đãi")


class Analytics(Quiet):
    name = "oscar.apps.analytics"
    label = "analytics"
    verbose_name = _("Thống kê")
