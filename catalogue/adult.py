"""The visitor's statement to be 18 or over, kept in a signed cookie (Law 44/2019/QH14, art. 5 and 16)."""

from collections.abc import Callable

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

COOKIE = "tuoi"
VALUE = "18"
DAYS = 180


class AdultMiddleware:
    """Sets `request.is_adult`; a missing or forged cookie counts as no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            stated = request.get_signed_cookie(COOKIE, default="")
        except BadSignature:
            stated = ""
        request.is_adult = stated == VALUE  # type: ignore[attr-defined]
        return self.get_response(request)


def remember(response: HttpResponse, *, adult: bool, secure: bool) -> None:
    """Keep or forget the statement."""
    if adult:
        response.set_signed_cookie(
            COOKIE, VALUE, max_age=DAYS * 86400, httponly=True, samesite="Lax", secure=secure
        )
    else:
        response.delete_cookie(COOKIE)
