"""Finds who a person is, by their account."""

from typing import Any

from allauth.account.models import EmailAddress

from . import Person


def person_of(user: Any) -> Person:
    """The person behind an account, with what is confirmed as theirs; one query."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True).order_by("pk")
    return Person(
        user_id=user.pk,
        email=user.email or "",
        phone=user.phone or "",
        emails=tuple(confirmed.values_list("email", flat=True)),
        phones=(user.phone,) if user.phone and user.phone_confirmed_at else (),
    )
