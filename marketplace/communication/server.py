"""The mail server: one connection at a time, and what its refusals mean."""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection

from . import smtp


class ServerAway(OSError):
    """The mail server does not answer, breaks off, or wants nothing from us at present."""


class Verdict(StrEnum):
    """What became of a message that was not taken."""

    LATER = "later"  # not delivered; the server asks to try again
    REFUSED = "refused"  # not delivered, and it never will be
    AWAY = "away"  # not delivered; no other message would be either
    UNKNOWN = "unknown"  # the content was on its way, and no answer came


class Server:
    """Connects when it is first needed, and anew after trouble."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, mail: EmailMessage, *, last_moment: Callable[[], None]) -> None:
        """Hand over one mail. `last_moment` is called when nothing but its content is still to be sent.

        Raises what the backend raises, see `verdict_on`, and what `last_moment` raises.
        """
        try:
            connection = self._connection = self._connection or get_connection()
            connection.open()
            if isinstance(connection, smtp.EmailBackend):
                connection.before_content = last_moment
            else:
                last_moment()
            connection.send_messages([mail])
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(OSError):
                connection.close()


def verdict_on(error: Exception, *, begun: bool) -> Verdict:
    """What an error of `Server.send` means. `begun`: whether `last_moment` had passed.

    A refused sender is our own fault, and nobody else's mail would do better: it counts as AWAY.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        code = _code(error)
        if code == 421:
            return Verdict.AWAY
        return Verdict.LATER if 400 <= code < 500 else Verdict.REFUSED
    if begun:
        return Verdict.UNKNOWN
    if isinstance(error, ValueError):  # no address, or no header: nothing was asked of the server
        return Verdict.REFUSED
    return Verdict.AWAY


def said(error: Exception) -> str:
    """What the server said, for staff to read."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return f"{code} {_text(reply)}"[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:500]
    return f"{type(error).__name__}: {error}"[:500]


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code
    return next(iter(error.recipients.values()))[0]


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
