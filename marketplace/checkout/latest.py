"""The order a visitor has just made, for a while: the browser's way back leads to it, not to an empty basket."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from marketplace.order.models import Order

COOKIE = "don_vua_dat"
SECONDS = 30 * 60


def remember(response: HttpResponse, *, order: Order) -> None:
    """Keep the order's link; only our server can make the cookie, and scripts cannot read it."""
    response.set_signed_cookie(
        COOKIE,
        order.token,
        salt=COOKIE,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remembered(request: HttpRequest) -> Order | None:
    """The order, unless it is old or an account's that is not signed in."""
    token = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=SECONDS)
    order: Order | None = Order.objects.filter(token=token).first() if token else None
    if order is None or order.user_id not in (None, request.user.pk):
        return None
    return order
