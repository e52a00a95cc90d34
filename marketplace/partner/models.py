"""Oscar's models of partner; what differs is defined above the import."""

from oscar.apps.partner.models import *  # noqa: F403
