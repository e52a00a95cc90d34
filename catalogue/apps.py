from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.apps import CatalogueConfig as OscarCatalogueConfig


class CatalogueConfig(OscarCatalogueConfig):  # type: ignore[misc]
    name = "catalogue"
    label = "catalogue"
    verbose_name = _("Danh mục sản phẩm")

    def ready(self) -> None:
        """Subscribe to changes; Oscar's views are not used, so they are not loaded."""
        from catalogue import image_receivers, receivers  # noqa: F401

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in catalogue/urls.py."""
        return []
