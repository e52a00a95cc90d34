from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):  # type: ignore[misc]
    name = "marketplace.partner"
    verbose_name = _("Đối tác bán hàng")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded; our receivers are."""
        from . import receivers  # noqa: F401

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
