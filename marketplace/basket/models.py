"""Oscar's models of basket; what differs is defined above the import."""

from oscar.apps.basket.models import *  # noqa: F403
