"""Posts trial mails, the kind of message that stands for all others in tests of the outbox."""

from itertools import count
from typing import Any

from django.contrib.auth import get_user_model

from marketplace.communication.messages import TRIAL
from marketplace.communication.models import Message
from marketplace.communication.outbox import post

_numbers = count(1)
HOAI = "hoai@example.com"


def person(name: str = "Hoài", email: str = "", **fields: Any) -> Any:
    """Somebody with an account."""
    email = email or f"person-{next(_numbers)}@example.com"
    return get_user_model().objects.create_user(email=email, first_name=name, **fields)


def post_trial(to: str = HOAI, *, about: Any = None, key: str = "", **options: Any) -> Message:
    """The posted message; it greets the person it is about."""
    about, key = about or person(), key or f"trial:{next(_numbers)}"
    data = {"user": about.pk, "day": "2026-11-27"}
    post(kind=TRIAL, key=key, data=data, to=to, **{"language": "vi"} | options)
    return Message.objects.get(key=key)
