"""The language of an account's mails is the one its owner last read the shop in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from .models import User

COOKIE = "tieng"


class RememberLanguage:
    """A cookie says which language is known, so that the account is looked at only when that changes.

    Guests have no session cookie, and cost nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        read = _read_in(request)
        if not read or not request.user.is_authenticated:
            return self.get_response(request)
        User.objects.filter(pk=request.user.pk).exclude(language=read).update(language=read)
        request.user.language = read  # type: ignore[union-attr]
        answer = self.get_response(request)
        if answer.status_code == 200:
            answer.set_cookie(
                COOKIE, read, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return answer


def _read_in(request: HttpRequest) -> str:
    """The language of a page that the visitor reads as somebody who may be signed in; "" when it is known."""
    if request.method != "GET" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    if request.path_info.startswith(("/admin/", "/documents/", settings.MEDIA_URL, settings.STATIC_URL)):
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if request.COOKIES.get(COOKIE) == language else language
