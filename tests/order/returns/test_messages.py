from typing import Any

import pytest
from django.core import mail
from django.utils.translation import override

from marketplace.communication import kinds
from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message
from marketplace.communication.rendering import render_sample
from marketplace.order.models import Order, ReturnRequest
from marketplace.order.returns.asking import CannotReturn
from tests import factories
from tests.order.returns.cast import answer, ask, close, decide, delivered, escalate, lapse, receive, withdraw

pytestmark = pytest.mark.django_db

BUYERS, MAKERS = "hoai@example.vn", "htx@example.vn"


def requested(**changes: Any) -> ReturnRequest:
    order = delivered(3, title="Chè dây", by=factories.producer("HTX Phìn Hồ", email=MAKERS))
    Order.objects.update(guest_email=BUYERS, **{"language": "vi"} | changes)
    deliver_due()
    mail.outbox.clear()
    return ask(order)


def told(to: str) -> list[str]:
    """Subjects of what somebody is sent, in order; the request's number left out."""
    deliver_due()
    number = ReturnRequest.objects.get().number
    return [sent.subject.replace(number, "…") for sent in mail.outbox if sent.to == [to]]


def last_to(to: str) -> str:
    deliver_due()
    return str([sent for sent in mail.outbox if sent.to == [to]][-1].body)


def test_buyer_and_producer_hear_of_a_request() -> None:
    request = requested()
    assert told(BUYERS) == ["Chợ đã nhận yêu cầu trả hàng …"]
    assert told(MAKERS) == ["Yêu cầu trả hàng … chờ bạn trả lời"]
    assert request.get_absolute_url() in last_to(BUYERS)
    body = last_to(MAKERS)
    assert request.text in body
    assert "Hỏng, vỡ khi giao đến" in body
    assert "Chè dây × 3" in body


def test_a_producer_is_not_told_who_the_buyer_is_nor_given_the_orders_link() -> None:
    request = requested()
    decline_and_grant(request)
    deliver_due()
    order = request.consignment.order
    secrets = (order.token, "Hoài Thương", "0912", "Số 12", BUYERS)
    whole = [sent.body + str(sent.alternatives) for sent in mail.outbox if sent.to == [MAKERS]]
    assert len(whole) == 3
    assert [secret for secret in secrets for body in whole if secret in body] == []


def decline_and_grant(request: ReturnRequest) -> None:
    answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi.")
    escalate(request)
    decide(request, granted=True, reasons="Ảnh cho thấy hộp vỡ.")


def test_the_buyer_hears_of_answer_and_decision_with_reasons_and_amount() -> None:
    request = requested()
    answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi.")
    assert "Lý do: Hàng nguyên vẹn khi gửi." in last_to(BUYERS)
    escalate(request)
    decide(request, granted=True, reasons="Ảnh cho thấy hộp vỡ.")
    body = last_to(BUYERS)
    assert "Lý do: Ảnh cho thấy hộp vỡ." in body
    assert f"{request.refund_amount:,.0f}".replace(",", ".") in body
    assert told(BUYERS) == [
        "Chợ đã nhận yêu cầu trả hàng …",
        "Yêu cầu trả hàng …: HTX Phìn Hồ đã trả lời",
        "Yêu cầu trả hàng …: Chợ đang xem xét",
        "Yêu cầu trả hàng …: Chợ đã quyết định",
    ]


def test_the_buyer_hears_when_goods_are_back_and_when_it_ends() -> None:
    request = requested()
    answer(request, accepted=True)
    receive(request)
    close(request)
    about = [subject for subject in told(BUYERS) if subject.startswith("Yêu cầu")]
    assert about[-2:] == ["Yêu cầu trả hàng …: hàng đã về", "Yêu cầu trả hàng … đã kết thúc"]


def test_a_promise_that_lapses_is_told_with_its_reason() -> None:
    request = requested()
    answer(request, accepted=True)
    lapse(request)
    body = last_to(BUYERS)
    assert "không có tiền trả lại" in body
    assert "Hàng không được gửi lại." in body


def test_who_withdraws_knows_it_and_the_producer_hears_of_it() -> None:
    withdraw(requested())
    assert told(BUYERS) == ["Chợ đã nhận yêu cầu trả hàng …"]
    assert told(MAKERS)[-1] == "Yêu cầu trả hàng … có thay đổi"


def test_mails_are_in_the_language_of_the_order_and_the_producers_in_vietnamese() -> None:
    request = requested(language="en")
    deliver_due()
    assert f"/en/don-hang/{request.consignment.order.token}/" in last_to(BUYERS)
    assert told(MAKERS) == ["Yêu cầu trả hàng … chờ bạn trả lời"]


def test_a_move_that_is_refused_tells_nobody() -> None:
    request = requested()
    answer(request, accepted=True)
    before = Message.objects.count()
    with pytest.raises(CannotReturn):
        withdraw(request)
    assert Message.objects.count() == before


def test_a_form_sent_twice_tells_once() -> None:
    request = requested()
    ask(request.consignment.order, key=request.key)
    assert len(told(BUYERS)) == len(told(MAKERS)) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_staff_can_look_at_every_message_about_returns(language: str) -> None:
    found = [kind for kind in kinds.every() if kind.name.startswith("return_")]
    assert len(found) == 7
    for kind in found:
        with override(language):
            shown = render_sample(kind=kind, language=language)
        assert "OC261124-7K3QX-1-T1" in shown.subject + shown.text
        assert "{{" not in shown.text + shown.html


def test_a_message_about_a_request_that_is_gone_is_dropped() -> None:
    request = requested()
    request.delete()
    deliver_due()
    assert [sent.to for sent in mail.outbox] == []
