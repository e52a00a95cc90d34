"""Oscar's basket middleware, under our own name in the settings."""

from oscar.apps.basket.middleware import BasketMiddleware

__all__ = ["BasketMiddleware"]
