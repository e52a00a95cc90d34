from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping.apps import ShippingConfig as OscarShippingConfig


class ShippingConfig(OscarShippingConfig):  # type: ignore[misc]
    name = "marketplace.shipping"
    verbose_name = _("Giao hàng")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded."""

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
