"""The outbox and a mail server that does not always do what it should."""

from datetime import timedelta

import pytest
from django.test import Client

from marketplace import clock
from marketplace.communication import delivery, jobs
from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message, MessageState
from marketplace.communication.server import ServerAway
from marketplace.order.models import Order
from tests import factories
from tests.checkout.buyer import Buyer
from tests.communication.posting import HOAI, post_trial
from tests.communication.smtp_server import CUT, HANG, MailServer

pytestmark = pytest.mark.django_db


def deliver_after(**time: int) -> None:
    with clock.at(clock.now() + timedelta(**time)):
        deliver_due()


def test_a_mail_arrives_as_plain_text_and_html(server: MailServer) -> None:
    message = post_trial()
    deliver_due()
    (arrived,) = server.arrived
    assert arrived.to == f"TO:<{HOAI}>"
    parts = [part.get_content_type() for part in arrived.mail.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    assert arrived.mail["Message-ID"] == f"<{message.reference}@localhost>"


def test_sender_and_subject_arrive_in_vietnamese(server: MailServer) -> None:
    post_trial()
    deliver_due()
    (arrived,) = server.arrived
    assert (arrived.mail["From"], arrived.mail["Subject"]) == (
        "Chợ OCOP <cho-ocop@localhost>",
        "Thư thử của Chợ",
    )
    headers = arrived.raw.partition(b"\r\n\r\n")[0]
    assert headers.isascii()


def test_several_mails_go_over_one_connection(server: MailServer) -> None:
    for _ in range(3):
        post_trial()
    deliver_due()
    assert (len(server.arrived), server.visits) == (3, 1)


@pytest.mark.parametrize(
    ("stage", "answer"), [("RCPT", "550 5.1.1 No such user"), ("CONTENT", "554 5.7.1 Spam")]
)
def test_a_refusal_for_good_ends_it_at_once(server: MailServer, stage: str, answer: str) -> None:
    server.faults[stage] = answer
    message = post_trial()
    deliver_due()
    server.is_well()
    deliver_after(hours=1)
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, answer)
    assert server.arrived == []


@pytest.mark.parametrize(
    ("stage", "answer"), [("RCPT", "451 4.7.1 Come back"), ("CONTENT", "452 4.3.1 Full")]
)
def test_a_refusal_for_now_is_tried_again_after_a_pause(server: MailServer, stage: str, answer: str) -> None:
    server.faults[stage] = answer
    message = post_trial()
    deliver_due()
    server.is_well()
    deliver_due()
    assert server.arrived == []
    deliver_after(minutes=2)
    message.refresh_from_db()
    assert (message.state, message.attempts, len(server.arrived)) == (MessageState.SENT, 2, 1)


@pytest.mark.parametrize("fault", [HANG, CUT, "421 4.3.2 Going down", "554 5.7.1 Not you"])
@pytest.mark.parametrize("stage", ["GREETING", "MAIL"])
def test_a_server_that_is_away_keeps_a_message_waiting(server: MailServer, stage: str, fault: str) -> None:
    server.faults[stage] = fault
    message = post_trial()
    with pytest.raises(ServerAway):
        deliver_due()
    server.is_well()
    deliver_after(minutes=2)
    message.refresh_from_db()
    assert (message.state, len(server.arrived)) == (MessageState.SENT, 1)


@pytest.mark.parametrize("fault", [HANG, CUT, "421 4.3.2 Going down"])
def test_a_server_that_leaves_at_the_recipient_keeps_a_message_waiting(
    server: MailServer, fault: str
) -> None:
    server.faults["RCPT"] = fault
    message = post_trial()
    with pytest.raises(ServerAway):
        deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


@pytest.mark.parametrize("fault", [HANG, CUT])
@pytest.mark.parametrize("keeps", [True, False])
def test_no_answer_to_the_content_leaves_an_uncertain_message(
    server: MailServer, fault: str, keeps: bool
) -> None:
    server.faults["CONTENT"], server.keeps = fault, keeps
    message = post_trial()
    deliver_due()
    server.is_well()
    deliver_after(days=2)
    message.refresh_from_db()
    assert message.state == MessageState.UNCERTAIN
    assert len(server.arrived) == keeps


def test_one_bad_address_does_not_hold_up_the_others(server: MailServer) -> None:
    post_trial("two@example.com, three@example.com")
    post_trial("line@example.com\nBcc: everybody@example.com")
    post_trial(HOAI)
    deliver_due()
    assert [arrived.to for arrived in server.arrived] == [f"TO:<{HOAI}>"]
    assert Message.objects.filter(state=MessageState.FAILED).count() == 2


def test_pauses_grow_and_after_a_day_it_is_given_up(server: MailServer) -> None:
    server.faults["RCPT"] = "451 4.7.1 Come back"
    message, start, pauses = post_trial(), clock.now(), []
    for _ in range(200):
        with clock.at(message.due_at):
            deliver_due()
        before = message.due_at
        message.refresh_from_db()
        pauses.append((message.due_at - before).total_seconds())
    assert message.state == MessageState.FAILED
    assert message.ended_at is not None
    assert timedelta(hours=24) <= message.ended_at - start < timedelta(hours=24, minutes=16)
    assert pauses[:3] == sorted(pauses[:3])
    assert max(pauses) == 900
    assert message.error == "451 4.7.1 Come back"


def test_a_kind_that_cannot_be_written_is_tried_again(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = post_trial()
    with monkeypatch.context() as broken:
        broken.setattr(delivery, "render", lambda **_: 1 / 0)
        deliver_due()
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.WAITING, "ZeroDivisionError: division by zero")
    deliver_after(minutes=2)
    assert len(server.arrived) == 1


def test_what_there_is_nothing_to_tell_of_is_dropped(server: MailServer) -> None:
    message = post_trial()
    message.data["user"] = 0
    message.save()
    deliver_due()
    message.refresh_from_db()
    assert (message.state, server.arrived) == (MessageState.DROPPED, [])


def test_a_server_that_was_away_is_left_alone_for_a_while(server: MailServer) -> None:
    server.faults["GREETING"] = CUT
    post_trial()
    jobs.deliver_messages()
    server.is_well()
    post_trial()
    jobs.deliver_messages()
    assert server.arrived == []
    jobs.rest.end()
    jobs.deliver_messages()
    assert len(server.arrived) == 1


def test_one_orders_while_the_mail_server_is_away_and_hears_of_it_later(
    server: MailServer, client: Client
) -> None:
    server.faults["GREETING"] = CUT
    maker = factories.producer("HTX Phìn Hồ", email="htx@example.vn")
    buyer = Buyer(client)
    buyer.adds(factories.product(by=maker))
    answer = buyer.orders(email=HOAI)
    assert answer.url == Order.objects.get().get_absolute_url()
    jobs.deliver_messages()
    assert "Đơn hàng" in client.get(answer.url).content.decode() and server.arrived == []
    server.is_well()
    jobs.rest.end()
    with clock.at(clock.now() + timedelta(minutes=2)):
        jobs.deliver_messages()
        jobs.deliver_messages()
    assert {mail.to for mail in server.arrived} == {"TO:<htx@example.vn>", f"TO:<{HOAI}>"}
    assert len(server.arrived) == 2
