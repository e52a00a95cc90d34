"""Oscar's models of offer; what differs is defined above the import."""

from oscar.apps.offer.models import *  # noqa: F403
