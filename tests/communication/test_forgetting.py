from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.communication.delivery import deliver_due
from marketplace.communication.forgetting import forget_old, forget_person
from marketplace.communication.models import Message, MessageState, Notification
from marketplace.communication.outbox import SENT_AGAIN, CannotSendAgain, send_again
from marketplace.work.queue import run_due
from tests.communication.posting import HOAI, person, post_trial

pytestmark = pytest.mark.django_db


def in_half_a_year(settings: Any) -> Any:
    return clock.now() + timedelta(days=settings.MESSAGES_KEPT_DAYS + 1)


def test_old_messages_forget_whom_they_told_of_what(settings: Any) -> None:
    message = post_trial(HOAI, user_id=person().pk)
    deliver_due()
    with clock.at(in_half_a_year(settings)):
        run_due()
    message.refresh_from_db()
    assert (message.to, message.user, message.data, message.state) == ("", None, {}, MessageState.SENT)
    assert not Notification.objects.exists()


def test_young_messages_and_those_still_to_be_sent_are_remembered(settings: Any) -> None:
    sent = post_trial()
    deliver_due()
    waiting = post_trial()
    Message.objects.filter(pk=waiting.pk).update(created_at=clock.now() - timedelta(days=400))
    forget_old(moment=clock.now())
    assert set(Message.objects.values_list("to", flat=True)) == {sent.to, waiting.to}


def test_a_key_that_was_forgotten_is_still_known(settings: Any) -> None:
    post_trial(key="trial:1")
    deliver_due()
    forget_old(moment=in_half_a_year(settings))
    assert post_trial(key="trial:1").to == ""


def test_a_person_who_leaves_is_forgotten_at_once() -> None:
    leaving, staying = person(), person()
    for told, user in ((HOAI, None), ("", leaving), ("an@example.com", staying)):
        post_trial(told, user_id=user and user.pk)
    deliver_due()
    unsent = post_trial(HOAI)
    forget_person(user_id=leaving.pk, addresses=[HOAI, ""], moment=clock.now())
    unsent.refresh_from_db()
    assert unsent.state == MessageState.DROPPED
    assert list(Message.objects.exclude(forgotten_at=None).values_list("to", "user")) == [("", None)] * 3
    assert [row.recipient for row in Notification.objects.all()] == [staying]


def test_an_address_is_forgotten_however_it_was_typed() -> None:
    post_trial(HOAI.title())
    deliver_due()
    forget_person(user_id=person().pk, addresses=[HOAI], moment=clock.now())
    assert Message.objects.get().to == ""


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_staff_send_again_what_did_not_arrive(state: str, mailoutbox: list[Any]) -> None:
    staff, message = person("Nhân viên"), post_trial()
    Message.objects.update(state=state, ended_at=clock.now(), attempts=3)
    send_again(message_id=message.pk, actor=staff)
    deliver_due()
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [f"<{message.reference}@localhost>"]
    entry = Entry.objects.get(action=SENT_AGAIN)
    assert (entry.actor, entry.object_id, entry.before) == (staff, str(message.pk), {"state": state})


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.DROPPED])
def test_what_has_arrived_is_not_sent_again(state: str) -> None:
    message = post_trial()
    Message.objects.update(state=state, ended_at=clock.now())
    with pytest.raises(CannotSendAgain):
        send_again(message_id=message.pk, actor=None)
    assert not Entry.objects.exists()


def test_what_was_forgotten_is_not_sent_again(settings: Any) -> None:
    message = post_trial()
    Message.objects.update(state=MessageState.FAILED, ended_at=clock.now())
    forget_old(moment=in_half_a_year(settings))
    with pytest.raises(CannotSendAgain):
        send_again(message_id=message.pk, actor=None)


def test_a_message_sent_again_has_a_day_anew(server: Any) -> None:
    server.faults["RCPT"] = "451 4.7.1 Come back"
    message = post_trial()
    Message.objects.update(
        state=MessageState.FAILED, ended_at=clock.now(), waiting_since=clock.now() - timedelta(days=9)
    )
    send_again(message_id=message.pk, actor=None)
    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
