from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.apps import CustomerConfig as OscarCustomerConfig


class CustomerConfig(OscarCustomerConfig):  # type: ignore[misc]
    name = "marketplace.customer"
    label = "customer"
    verbose_name = _("Khách hàng")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded; our receivers and what is told are."""
        from . import messages, receivers  # noqa: F401
        from .privacy import register_own

        register_own()

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/customer/urls.py."""
        return []
