"""What every page's template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shop(request: HttpRequest) -> dict[str, Any]:
    """Whether this is a demonstration, whether the visitor stated to be 18, and the shop's public address."""
    return {
        "demo_notice": settings.DEMO_NOTICE,
        "is_adult": getattr(request, "is_adult", False),
        "site_address": settings.SITE_ADDRESS,
    }
