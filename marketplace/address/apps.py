from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.address.apps import AddressConfig as OscarAddressConfig


class AddressConfig(OscarAddressConfig):  # type: ignore[misc]
    name = "marketplace.address"
    verbose_name = _("Sổ địa chỉ")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded."""
        from .privacy import register_own

        register_own()

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
