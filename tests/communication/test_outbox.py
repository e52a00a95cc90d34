import pytest
from django.core import mail

from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message, MessageState
from tests.communication.posting import HOAI, post_trial

pytestmark = pytest.mark.django_db


def test_what_is_posted_twice_is_told_once() -> None:
    for _ in range(2):
        post_trial(HOAI, key="trial:1")
        deliver_due()
    assert [sent.to for sent in mail.outbox] == [[HOAI]]
    assert Message.objects.get().state == MessageState.SENT


def test_a_mail_is_written_in_its_recipients_language() -> None:
    post_trial(language="en")
    deliver_due()
    assert "http://localhost:8000/en/tro-giup/" in mail.outbox[0].body
