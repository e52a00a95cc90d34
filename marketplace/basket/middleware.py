"""Oscar's basket middleware, under our own name in the settings."""

from oscar.apps.basket.middleware import BasketMiddleware

from marketplace.offer.applicator import Applicator

from .requests import BuyerRequest

__all__ = ["BasketMiddleware", "read_anew", "start_anew"]


def start_anew(request: BuyerRequest) -> None:
    """Another open basket for the rest of the request, since the one it came with is ordered; the cookie follows."""
    request._basket_cache = None  # noqa: SLF001  Oscar's own memory of what it has found
    basket = BasketMiddleware(None).get_basket(request)
    basket.strategy = request.strategy
    request.basket = basket


def read_anew(request: BuyerRequest) -> None:
    """The request's basket as it is now, with prices, stock and offers of this moment."""
    request.basket.reset_offer_applications()
    if not request.basket.is_empty:
        Applicator().apply(request.basket, request.user, request)
