"""What people are to be told, written down in the transaction of what happened.

A rolled-back change tells nobody, and a mail server that is away keeps nobody from buying: `post` writes a row and
asks no server. marketplace.communication.delivery sends it later.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_supported_language_variant

from marketplace import clock
from marketplace.audit.models import record
from marketplace.work.tasks import wake

from . import kinds
from .models import Message, MessageState

SENT_AGAIN = "message_sent_again"
STUCK = (MessageState.FAILED, MessageState.UNCERTAIN)


def post(
    *,
    kind: str,
    key: str,
    data: Mapping[str, Any],
    to: str = "",
    user_id: int | None = None,
    language: str = "",
) -> None:
    """Tell somebody once, by mail (`to`), on their pages (`user_id`), or both; with neither nothing is written.

    `key` names the occasion, as "order_placed:123": a key that was posted before is left alone. `data` holds keys of
    rows, never names or addresses; the kind's `context` finds the rest when the message is sent. A language that the
    shop does not speak becomes its first. Raises UnknownKind.
    """
    kinds.named(kind)
    to = to.strip()
    if not to and user_id is None:
        return
    message = Message(kind=kind, key=key, data=dict(data), to=to, user_id=user_id, language=_spoken(language))
    Message.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(wake.enqueue)


class CannotSendAgain(RuntimeError):
    """The message is on its way or has arrived, or nobody knows any more to whom it went."""


def send_again(*, message_id: int, actor: Any) -> None:
    """Have a message tried anew that failed, or may not have arrived; recorded. Raises CannotSendAgain.

    It keeps its Message-ID: where it had arrived after all, many mail programs show it once.
    """
    moment = clock.now()
    with transaction.atomic():
        message = Message.objects.filter(pk=message_id, state__in=STUCK, forgotten_at=None).first()
        taken = message and Message.objects.filter(pk=message.pk, state=message.state).update(
            state=MessageState.WAITING, waiting_since=moment, due_at=moment, ended_at=None
        )
        if not message or not taken:
            raise CannotSendAgain(message_id)
        before, after = {"state": message.state}, {"state": MessageState.WAITING}
        record(action=SENT_AGAIN, target=message, actor=actor, before=before, after=after)
        transaction.on_commit(wake.enqueue)


def _spoken(language: str) -> str:
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
