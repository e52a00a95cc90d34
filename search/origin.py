"""Which search a visitor comes from, as the browser says with the address of the page before."""

from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest
from django.urls import reverse

LONGEST = 4096
"""Browsers send no longer address, but the host alone."""


def text_before(request: HttpRequest) -> str:
    """The text of this shop's results page that led here, or nothing. What is sent may be anything."""
    address = request.headers.get("Referer", "")
    if "q=" not in address or len(address) > LONGEST:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    lists = (reverse("search:search"), reverse("search:browse"))
    if parts.netloc != request.get_host() or parts.path not in lists:
        return ""
    return " ".join(value for key, value in parse_qsl(parts.query) if key == "q")
