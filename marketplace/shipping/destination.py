"""The province a visitor wants goods sent to, kept in a cookie, so that pages can tell the charge beforehand."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from producers.models import Province

from .quotes import Destination

COOKIE = "noi_nhan"
DAYS = 365


def chosen(request: HttpRequest) -> Destination | None:
    """The visitor's province, or None; one query when the cookie is there."""
    slug = request.COOKIES.get(COOKIE, "")
    return find(slug) if slug else None


def find(slug: str) -> Destination | None:
    """The destination of a province's slug, or None for an unknown one."""
    province = Province.objects.select_related("region").filter(slug=slug).first()
    return Destination(province) if province else None


def remember(response: HttpResponse, *, destination: Destination) -> None:
    """Keep the province for the next pages."""
    response.set_cookie(
        COOKIE,
        destination.province.slug,
        max_age=DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
