"""Names of orders: a number to say on the telephone, a token nobody guesses, a key that allows one order a basket."""

import secrets
from datetime import date

from django.core.signing import Signer

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O, 1 I L
TOKEN_BYTES = 24
_signer = Signer(salt="marketplace.order.placement")


def order_number(day: date) -> str:
    """ "OC261124-7K3QX": the day and five letters that tell nothing of how many orders there are."""
    return f"OC{day:%y%m%d}-" + "".join(secrets.choice(LETTERS) for _ in range(5))


def order_token() -> str:
    """192 random bits for the order's link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def placement_key(basket_id: int) -> str:
    """The key of a basket's one order; a form carries it, and only our server can make it."""
    return _signer.signature(f"basket-{basket_id}")
