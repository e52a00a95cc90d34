"""What every template of the shop knows without being told."""

from django.conf import settings
from django.http import HttpRequest


def shop(request: HttpRequest) -> dict[str, object]:
    """`demo_notice`: whether the pages must say that data and orders are not real."""
    return {"demo_notice": settings.DEMO_NOTICE}
