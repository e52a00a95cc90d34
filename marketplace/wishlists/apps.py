from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.apps import WishlistsConfig as OscarWishlistsConfig


class WishlistsConfig(OscarWishlistsConfig):  # type: ignore[misc]
    name = "marketplace.wishlists"
    verbose_name = _("Danh sách yêu thích")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded; our receivers are."""
        from . import receivers  # noqa: F401
        from .privacy import register_own

        register_own()

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/urls.py."""
        return []
