from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from marketplace.communication import delivery
from marketplace.communication.delivery import deliver_due
from marketplace.communication.kinds import UnknownKind
from marketplace.communication.models import Message, MessageState, Notification
from marketplace.communication.outbox import post
from tests.communication.posting import HOAI, person, post_trial

pytestmark = pytest.mark.django_db


def test_what_is_posted_twice_is_told_once() -> None:
    for _ in range(2):
        post_trial(HOAI, key="trial:1")
        deliver_due()
    assert [sent.to for sent in mail.outbox] == [[HOAI]]
    assert Message.objects.get().state == MessageState.SENT


def test_what_is_taken_back_tells_nobody() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post_trial()
        _ = 1 / 0
    deliver_due()
    assert (Message.objects.count(), mail.outbox) == (0, [])


def test_a_kind_nobody_registered_is_a_mistake() -> None:
    with pytest.raises(UnknownKind):
        post(kind="nothing", key="nothing:1", data={}, to=HOAI)


def test_who_can_be_told_nowhere_is_told_nothing() -> None:
    post(kind="trial", key="trial:1", data={}, to=" ")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("asked", "written"), [("vi", "vi"), ("en", "en"), ("en-gb", "en"), ("fr", "vi"), ("", "vi")]
)
def test_a_language_the_shop_does_not_speak_becomes_its_first(asked: str, written: str) -> None:
    assert post_trial(language=asked).language == written


@pytest.mark.parametrize(("language", "address"), [("vi", "/tro-giup/"), ("en", "/en/tro-giup/")])
def test_addresses_are_whole_and_in_the_recipients_language(
    language: str, address: str, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://shop.example"
    post_trial(language=language)
    deliver_due()
    (sent,) = mail.outbox
    html = str(sent.alternatives[0].content)
    assert f" https://shop.example{address}\n" in sent.body
    assert f'href="https://shop.example{address}"' in html
    assert 'href="/' not in html


def test_who_has_no_address_is_told_on_the_pages_alone() -> None:
    buyer = person()
    message = post_trial("", user_id=buyer.pk)
    deliver_due()
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (MessageState.SENT, [])
    assert Notification.objects.get().recipient == buyer


def test_a_notification_is_written_once_however_often_the_mail_is_tried(server: Any) -> None:
    server.faults["RCPT"] = "451 4.7.1 Come back"
    message = post_trial(user_id=person().pk)
    for _ in range(3):
        deliver_due()
        Message.objects.update(due_at=message.due_at)
    message.refresh_from_db()
    assert (message.attempts, Notification.objects.count()) == (3, 1)


def test_who_is_gone_is_told_nothing() -> None:
    buyer = person()
    message = post_trial("", user_id=buyer.pk)
    buyer.delete()
    deliver_due()
    message.refresh_from_db()
    assert (message.state, Notification.objects.count()) == (MessageState.DROPPED, 0)


def test_a_message_that_another_worker_takes_first_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    post_trial()
    others: list[Message | None] = []

    def while_another_claims() -> datetime:
        """Asked for between looking at the row and taking it."""
        monkeypatch.undo()
        others.append(delivery._claim())
        return delivery._dead_by()

    monkeypatch.setattr(delivery, "_dead_by", while_another_claims)
    assert delivery._claim() is None
    assert others == [Message.objects.get()]


def test_a_worker_that_lost_a_message_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    message, render = post_trial(), delivery.render

    def slowly(**asked: Any) -> Any:
        Message.objects.update(attempts=2)  # another worker took it meanwhile
        return render(**asked)

    monkeypatch.setattr(delivery, "render", slowly)
    deliver_due()
    message.refresh_from_db()
    assert (mail.outbox, message.state) == ([], MessageState.WAITING)


def test_a_slow_worker_that_was_thought_dead_says_that_it_has_sent() -> None:
    message = post_trial()
    Message.objects.update(state=MessageState.UNCERTAIN, attempts=1, ended_at=message.created_at)
    message.attempts = 1
    delivery._end(message, MessageState.SENT)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.parametrize(
    "nonsense",
    [{"state": "lost"}, {"state": "sent"}, {"state": "sending", "to": ""}, {"key": ""}, {"forgotten_at": "2026-11-27T00:00Z"}],
)  # fmt: skip
def test_the_database_refuses_nonsense(nonsense: dict[str, Any]) -> None:
    post_trial()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**nonsense)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    open_ones: list[bool] = []
    monkeypatch.setattr(
        delivery.Server,
        "send",
        lambda *_, **__: open_ones.append(transaction.get_connection().in_atomic_block),
    )
    post_trial()
    deliver_due()
    assert open_ones == [False]
