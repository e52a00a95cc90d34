"""Oscar's basket middleware, under our own name in the settings."""

from django.http import HttpResponse
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from marketplace.offer.applicator import Applicator

from . import count
from .requests import BuyerRequest

__all__ = ["BasketMiddleware", "read_anew", "start_anew"]


class BasketMiddleware(OscarBasketMiddleware):  # type: ignore[misc]
    """Whoever signs in keeps what they put in as a guest, and the number beside the basket follows them."""

    def __call__(self, request: BuyerRequest) -> HttpResponse:
        request.came_as = request.user.pk
        answer: HttpResponse = super().__call__(request)
        return answer

    def process_response(self, request: BuyerRequest, response: HttpResponse) -> HttpResponse:
        if request.user.pk != request.came_as:
            start_anew(request)
            count.remember(response, pieces=request.basket.num_items)
        answer: HttpResponse = super().process_response(request, response)
        return answer


def start_anew(request: BuyerRequest) -> None:
    """Another open basket for the rest of the request, since the one it came with is ordered or another's; the cookie follows."""
    request._basket_cache = None  # noqa: SLF001  Oscar's own memory of what it has found
    basket = BasketMiddleware(None).get_basket(request)
    basket.strategy = request.strategy
    request.basket = basket


def read_anew(request: BuyerRequest) -> None:
    """The request's basket as it is now, with prices, stock and offers of this moment."""
    request.basket.reset_offer_applications()
    if not request.basket.is_empty:
        Applicator().apply(request.basket, request.user, request)
