from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):  # type: ignore[misc]
    name = "marketplace.order"
    verbose_name = _("Đơn hàng")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded; what is told is registered."""
        from . import messages  # noqa: F401
        from .privacy import register_own
        from .returns import jobs, receivers  # noqa: F401

        register_own()

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
