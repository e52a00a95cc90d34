from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.apps import CatalogueReviewsConfig


class ReviewsConfig(CatalogueReviewsConfig):  # type: ignore[misc]
    name = "marketplace.reviews"
    label = "reviews"
    verbose_name = _("Đánh giá")

    def ready(self) -> None:
        """Oscar's views are not used, so they are not loaded; our receivers are."""
        from . import receivers  # noqa: F401
        from .privacy import register_own

        register_own()

    def get_urls(self) -> list[Any]:
        """No addresses of Oscar's: ours are in marketplace/reviews/urls.py."""
        return []
