"""Tells people what waits in the outbox, each thing once.

A message passes through these steps, each committed before the next; no transaction is open while anybody waits for
the mail server:

1. A worker claims it: the attempt is counted, and `due_at` moved to when this worker must be dead.
2. Its kind finds the rows again and renders it; None ends it as dropped. The notification on the pages is written.
3. The server is asked. Who refuses sender or recipient has got nothing: the message fails, or waits for another time.
4. At the last moment before the content leaves, the message is marked as being sent.
5. When the server has taken the content, it is marked as sent.

A worker that dies before 4 leaves a message that waits, and another one sends it. One that dies after 4 leaves one
that may have arrived or not: it becomes uncertain, is never sent again by itself, and staff decide (docs/adr/0010).
"""

import logging
import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q

from marketplace import clock
from marketplace.work.queue import finishing

from . import kinds
from .models import OPEN, Message, MessageState
from .notices import notify
from .rendering import Rendered, render
from .server import Server, ServerAway, Verdict, said, verdict_on

logger = logging.getLogger(__name__)

PATIENCE = timedelta(hours=24)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
AT_ONCE, SECONDS = 50, 15.0
"""What one look sends at most, so that other work passes in between, and a worker told to end does so in time."""


def deliver_due() -> int:
    """Send what is due, oldest first, until it is enough for one look; the number of messages tried.

    Raises ServerAway when the mail server cannot be talked to: the message waits on, and nobody should ask for a while.
    """
    settle_abandoned()
    tried, end = 0, time.monotonic() + SECONDS
    with Server() as server:
        while tried < AT_ONCE and time.monotonic() < end and not finishing() and (message := _claim()):
            tried += 1
            _tell(message, server)
    return tried


def settle_abandoned() -> None:
    """What a dead worker was sending is uncertain. Looks before it writes: on SQLite writing stops other writers."""
    moment = clock.now()
    abandoned = Message.objects.filter(state=MessageState.SENDING, due_at__lt=moment)
    if abandoned.exists():
        abandoned.update(state=MessageState.UNCERTAIN, ended_at=moment)


class Taken(RuntimeError):
    """The message took longer than its lease, and another worker has it."""


def _claim() -> Message | None:
    """Take the oldest due message. The affected-row count decides between workers that saw the same row."""
    moment = clock.now()
    due = Q(state=MessageState.WAITING, due_at__lte=moment)
    while message := Message.objects.filter(due).order_by("due_at", "id").first():
        taken = Message.objects.filter(due, pk=message.pk, attempts=message.attempts).update(
            attempts=F("attempts") + 1, due_at=_dead_by()
        )
        if taken:
            message.attempts += 1
            return message
    return None


def _dead_by() -> datetime:
    return clock.now() + timedelta(seconds=settings.WORK_LEASE_SECONDS)


def _tell(message: Message, server: Server) -> None:
    """Steps 2 to 5 for one claimed message."""
    try:
        rendered = _prepare(message)
    except Exception as error:  # a kind may raise anything; a new version may mend it within the day
        logger.exception("Message %s cannot be written", message.pk)
        _wait_or_fail(message, f"{type(error).__name__}: {error}")
        return
    if rendered is None or not (message.to or message.user_id):  # the person may have left the shop since
        _end(message, MessageState.DROPPED)
    elif not message.to or _handed_over(message, rendered, server):
        _end(message, MessageState.SENT)


def _prepare(message: Message) -> Rendered | None:
    rendered = render(kind=kinds.named(message.kind), data=message.data, language=message.language)
    if rendered and message.user_id:
        notify(message, rendered)
    return rendered


def _handed_over(message: Message, rendered: Rendered, server: Server) -> bool:
    """Whether the server has taken the mail; where not, the row says why. Raises ServerAway."""
    try:
        server.send(_mail(message, rendered), last_moment=lambda: _mark_sending(message))
    except Taken:
        logger.warning("Message %s took longer than its lease and was given to another worker", message.pk)
        return False
    except Exception as error:  # noqa: BLE001  whatever a backend raises, the row must say how it stands
        _not_taken(message, error)
        return False
    return True


def _not_taken(message: Message, error: Exception) -> None:
    verdict = verdict_on(error, begun=message.state == MessageState.SENDING)
    logger.warning("Message %s was not taken (%s): %s", message.pk, verdict, type(error).__name__)
    if verdict == Verdict.UNKNOWN:
        _end(message, MessageState.UNCERTAIN, said(error))
    elif verdict == Verdict.REFUSED:
        _end(message, MessageState.FAILED, said(error))
    else:
        _wait_or_fail(message, said(error))
    if verdict == Verdict.AWAY:
        raise ServerAway(said(error)) from error


def _mark_sending(message: Message) -> None:
    """Step 4. Raises Taken."""
    mine = Message.objects.filter(pk=message.pk, state=MessageState.WAITING, attempts=message.attempts)
    if not mine.update(state=MessageState.SENDING, due_at=_dead_by()):
        raise Taken
    message.state = MessageState.SENDING


def _end(message: Message, state: MessageState, error: str = "") -> None:
    """Only this attempt may say so; one thought dead, whose message is uncertain meanwhile, still knows better."""
    mine = Message.objects.filter(pk=message.pk, attempts=message.attempts).exclude(state=MessageState.SENT)
    mine.update(state=state, ended_at=clock.now(), error=error)


def _wait_or_fail(message: Message, error: str) -> None:
    """Pauses grow as long as it has waited, between a minute and a quarter of an hour, for a day."""
    moment = clock.now()
    waited = moment - message.waiting_since
    if waited >= PATIENCE:
        _end(message, MessageState.FAILED, error)
        return
    Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=OPEN).update(
        state=MessageState.WAITING,
        due_at=moment + min(max(waited, SHORTEST_PAUSE), LONGEST_PAUSE),
        error=error,
    )


def _mail(message: Message, rendered: Rendered) -> EmailMultiAlternatives:
    """The same message has the same Message-ID whenever it is sent, so that mail programs see that they are one."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={
            "Message-ID": f"<{message.reference}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    mail.attach_alternative(rendered.html, "text/html")
    return mail
