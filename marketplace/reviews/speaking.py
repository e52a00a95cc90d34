"""Who may speak for a producer, and who may judge what is said about it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from producers.models import Membership, Producer
from producers.models.membership import Role


def members(producer: Producer, day: date) -> "QuerySet[Membership]":
    """The producer's people of this day."""
    return Membership.objects.filter(Q(until=None) | Q(until__gte=day), producer=producer, since__lte=day)


def spoken_for(*, actor: Any, producer: Producer, right: str, day: date) -> Any:
    """The person whom staff with this right speak for: the producer's owner, if known. None for its own people.

    Raises PermissionDenied for anybody else.
    """
    people = members(producer, day)
    if people.filter(user=actor).exists():
        return None
    if not actor.has_perm(right):
        raise PermissionDenied
    owner = people.filter(role=Role.OWNER).select_related("user").order_by("since", "pk").first()
    return owner.user if owner else None


def check_moderator(*, actor: Any, producer: Producer | None, right: str, day: date) -> None:
    """Raises PermissionDenied unless the actor has the right and is not of the producer that is spoken about."""
    if not actor.has_perm(right) or (producer and members(producer, day).filter(user=actor).exists()):
        raise PermissionDenied
