"""The number beside the basket: a cookie that the page's script reads, so that no page asks the database."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "gio"


def remember(response: HttpResponse, *, pieces: int) -> None:
    """Keep the number for the next pages."""
    response.set_cookie(
        COOKIE,
        str(pieces),
        max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remembered(request: HttpRequest) -> int:
    """The number the visitor last saw; 0 when there is none."""
    text = request.COOKIES.get(COOKIE, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
