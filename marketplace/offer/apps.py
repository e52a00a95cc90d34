from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.offer.apps import OfferConfig as OscarOfferConfig


class OfferConfig(OscarOfferConfig):  # type: ignore[misc]
    name = "marketplace.offer"
    verbose_name = _("Ưu đãi")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded."""

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
