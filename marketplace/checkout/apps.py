from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):  # type: ignore[misc]
    name = "marketplace.checkout"
    verbose_name = _("Đặt hàng")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded."""

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
