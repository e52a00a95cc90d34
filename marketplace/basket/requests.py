"""What the middleware adds to a request of the shop, for the type checker."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import Basket


class BuyerRequest(HttpRequest):
    """`came_as` is the user at the request's beginning. `basket` is loaded when first touched, with `strategy` and offers applied."""

    basket: Basket
    came_as: int | None
    _basket_cache: Basket | None
    strategy: Any
    htmx: HtmxDetails
    is_adult: bool
