"""What is known to be somebody's, and so opens what was ordered with it."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from marketplace import clock
from marketplace.audit.models import record

from .models import User


@dataclass(frozen=True)
class Identities:
    """Lower-case e-mail addresses and E.164 numbers; both may be empty."""

    emails: frozenset[str]
    phones: frozenset[str]


def confirmed_identities(user: User) -> Identities:
    """The addresses that the user confirmed by mail, and the number if staff or a code confirmed it."""
    emails = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    phones = [user.phone] if user.phone and user.phone_confirmed_at else []
    return Identities(frozenset(email.lower() for email in emails), frozenset(phones))


def drop_waiting_address(user: User) -> None:
    """An address that waits for its confirmation goes with the old password: whoever knew that one may have asked for
    it, and its link would open the account to them."""
    waiting = EmailAddress.objects.filter(user=user, verified=False)
    waiting.exclude(email=(user.email or "").lower()).delete()


class NoSuchNumber(ValueError):
    """The account has another number by now, none, or a confirmed one."""


@transaction.atomic
def confirm_phone(*, user: User, phone: str, actor: Any) -> None:
    """Staff have made sure, by a call or in person, that `phone` (E.164) is the user's. Raises NoSuchNumber."""
    waiting = User.objects.filter(pk=user.pk, phone=phone, phone_confirmed_at=None)
    if not waiting.update(phone_confirmed_at=clock.now()):
        raise NoSuchNumber(phone)
    record(action="phone.confirmed", target=user, actor=actor)
