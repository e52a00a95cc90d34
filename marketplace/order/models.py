"""Oscar's models of order; what differs is defined above the import."""

from oscar.apps.order.models import *  # noqa: F403
