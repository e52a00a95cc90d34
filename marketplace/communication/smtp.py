"""Django's SMTP backend, which says when a message is about to leave our hands."""

import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class EmailBackend(DjangoBackend):
    """`before_content` is called when the server has agreed to sender and recipient, before it gets the content.

    Until then nothing can have been delivered; what raises there ends the conversation.
    """

    before_content: Callable[[], None] | None = None

    @property
    def connection_class(self) -> Any:
        kind = _OverSSL if self.use_ssl else _Telling
        return partial(kind, told=self._about_to)

    def _about_to(self) -> None:
        if self.before_content:
            self.before_content()


class _Telling(smtplib.SMTP):
    def __init__(self, *args: Any, told: Callable[[], None], **options: Any) -> None:
        self._told = told
        super().__init__(*args, **options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._told()
        return super().data(msg)


class _OverSSL(_Telling, smtplib.SMTP_SSL):
    """Over a connection that is secret from its first byte."""
