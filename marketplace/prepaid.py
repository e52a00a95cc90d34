"""Which ways to pay before goods are sent this shop has, by its settings alone.

Asked wherever goods may be sold in these ways only (drinks with alcohol), also far below the package that takes the
money.
"""

from django.conf import settings


def by_card() -> bool:
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_PUBLISHABLE_KEY)


def by_transfer() -> bool:
    return bool(settings.BANK_ACCOUNT)


def at_all() -> bool:
    return by_card() or by_transfer()
