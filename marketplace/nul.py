"""Answers 400 to a NUL in an address, its query, a cookie or a form: PostgreSQL keeps none in its texts.

What is searched for and how many pieces are wanted is left to the pages that read it: they know what to say.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from marketplace.look.context import shop

NUL = "\x00"
READ_WITH_CARE = ("q", "so_luong")


class RefuseNul:
    """Reads a form only where the check against forgery has read it before: no stream, no body of an exempt view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cookies = ((name, [value]) for name, value in request.COOKIES.items())
        if NUL in request.path_info or _holds_nul(request.GET.lists()) or _holds_nul(cookies):
            return _refused(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "csrf_exempt", False) and _holds_nul(request.POST.lists()):
            return _refused(request)
        return None


def _holds_nul(fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return any(
        NUL in name or (name not in READ_WITH_CARE and any(NUL in value for value in values))
        for name, values in fields
    )


def _refused(request: HttpRequest) -> HttpResponse:
    """Without the request, whose address no link of the page may repeat."""
    return HttpResponse(render_to_string("400.html", shop(request)), status=400)
