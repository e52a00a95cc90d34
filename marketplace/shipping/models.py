"""Oscar's models of shipping; what differs is defined above the import."""

from oscar.apps.shipping.models import *  # noqa: F403
