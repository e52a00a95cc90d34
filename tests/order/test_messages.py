from dataclasses import replace

import pytest
from django.core import mail

from marketplace import clock
from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.messages import tell_placed
from marketplace.order.models import Carrier, InvoiceRequest, Order, ParcelState
from marketplace.order.parcels import By, CannotMove, Tracking, split_parcel
from marketplace.shipping.models import Way
from tests import factories
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.placing import attempt, basket_of, destination, place, send

pytestmark = pytest.mark.django_db

BUYERS = "hoai@example.vn"


def placed(*contents: tuple, language: str = "vi", email: str = BUYERS) -> Order:  # type: ignore[type-arg]
    made = attempt(basket_of(*(contents or [(factories.product("Chè dây"), 2)])), language=language)
    return send(replace(made, recipient=replace(made.recipient, email=email)))


def mails() -> list[str]:
    """Subjects of what goes to the buyer, in order."""
    deliver_due()
    return [sent.subject for sent in mail.outbox if sent.to == [BUYERS]]


def maker_of(order: Order) -> str:
    return str(order.consignments.get().partner.name)


def test_the_buyer_gets_the_order_as_it_was_placed() -> None:
    order = placed((factories.product("Chè dây", price=120_000), 2))
    assert mails() == [f"Chợ đã nhận đơn {order.number}"]
    body = mail.outbox[0].body
    assert "Chè dây, Hộp 100 g × 2: 240.000" in body
    assert f"/don-hang/{order.token}/" in body
    assert f"{order.total_incl_tax:,.0f}".replace(",", ".") in body


def test_mails_are_in_the_language_the_order_was_placed_in() -> None:
    order = placed(language="en")
    assert mails() == [f"We have received your order {order.number}"]
    assert f"/en/don-hang/{order.token}/" in mail.outbox[0].body


def test_each_producer_with_an_address_hears_what_to_prepare_and_not_who_buys() -> None:
    maker = factories.producer("HTX Phìn Hồ", email="htx@example.vn")
    placed((factories.product("Chè dây", by=maker), 2), (factories.product("Gạo"), 1))
    facts = {
        "company": "Công ty Sao Khuê",
        "tax_code": "0101243150",
        "address": "Số 5",
        "email": "kt@khue.example",
    }
    InvoiceRequest.objects.create(order=Order.objects.get(), **facts)
    deliver_due()
    told = [sent for sent in mail.outbox if sent.to == ["htx@example.vn"]]
    assert len(told) == 1
    assert "Chè dây, Hộp 100 g × 2" in told[0].body
    assert [words for words in facts.values() if words not in told[0].body] == []
    assert [word for word in ("Gạo", "Hoài Thương", "Số 12", "0912") if word in told[0].body] == []


def test_the_buyer_hears_of_each_step_but_packing() -> None:
    order = placed()
    bring(parcel_of(order), ParcelState.DELIVERED)
    maker = maker_of(order)
    steps = [f"{maker} đã xác nhận", f"hàng của {maker} đang trên đường", f"hàng của {maker} đã đến nơi"]
    assert mails()[1:] == [f"Đơn {order.number}: {step}" for step in steps]


def test_who_fetches_the_goods_hears_that_they_are_ready_and_where_and_nothing_of_a_way() -> None:
    maker = factories.producer(email="htx@example.vn")
    place = factories.shipping_terms(maker, offers_pickup=True).pickup_address
    basket = basket_of((factories.product("Chè dây", by=maker), 2))
    made = attempt(basket, ways={maker.pk: Way.PICKUP})
    order = send(replace(made, recipient=replace(made.recipient, email=BUYERS)))
    deliver_due()
    bring(parcel_of(order), ParcelState.DELIVERED)
    whose = f"hàng của {maker.name}"
    steps = [f"{maker.name} đã xác nhận", f"{whose} đã sẵn, mời bạn đến nhận", f"{whose} đã đến nơi"]
    assert mails()[1:] == [f"Đơn {order.number}: {step}" for step in steps]
    *told, _arrived = [sent.body for sent in mail.outbox]
    assert len(told) == 4  # the producer's beside the buyer's three
    assert [place in body for body in told] == [True] * 4
    assert [
        words for words in ("dự kiến giao", "Dự kiến hàng đến", "hẹn giao") if words in " ".join(told)
    ] == []


@pytest.mark.parametrize(
    ("end", "words"),
    [(ParcelState.LOST, "thất lạc"), (ParcelState.RETURNED, "không giao được")],
)
def test_a_bad_end_is_told(end: ParcelState, words: str) -> None:
    order = placed()
    bring(parcel_of(order), end)
    assert mails()[-1] == f"Đơn {order.number}: một kiện hàng của {maker_of(order)} {words}"


def test_a_parcel_on_its_way_names_carrier_and_number() -> None:
    parcel = bring(parcel_of(placed()), ParcelState.PACKED)
    move(
        parcel, ParcelState.HANDED_OVER, tracking=Tracking(Carrier.objects.create(name="Giao Nhanh"), "GN123")
    )
    assert mails()
    assert "Giao Nhanh" in mail.outbox[-1].body
    assert "GN123" in mail.outbox[-1].body


def test_a_part_cancelled_whole_is_told_once_however_many_parcels_it_had() -> None:
    order = placed()
    part = order.consignments.get()
    quantities = {part.lines.get().pk: 1}
    split_parcel(parcel_id=part.parcels.get().pk, quantities=quantities, by=STAFF, moment=clock.now())
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    assert mails()[1:] == [f"Đơn {order.number}: phần hàng của {maker_of(order)} đã hủy"]
    assert "không phải trả gì" in mail.outbox[-1].body


@pytest.mark.parametrize(("by", "passed_on"), [(BUYER, True), (STAFF, False)])
def test_a_producer_hears_that_a_part_need_not_be_sent_and_what_the_buyer_wrote(
    by: By, passed_on: bool
) -> None:
    maker = factories.producer(email="htx@example.vn")
    part = placed((factories.product("Chè dây", by=maker), 2)).consignments.get()
    deliver_due()
    cancel_consignment(consignment_id=part.pk, by=by, moment=clock.now(), reason="Đặt nhầm <2> hộp")
    deliver_due()
    _new, cancelled = [sent for sent in mail.outbox if sent.to == ["htx@example.vn"]]
    assert (part.number in cancelled.subject, "đã hủy" in cancelled.subject) == (True, True)
    assert "Chè dây × 2" in cancelled.body
    assert ("Người mua viết: Đặt nhầm <2> hộp" in cancelled.body) is passed_on
    private = ("Hoài Thương", "0912", "Số 12", part.order.token)
    assert [word for word in private if word in cancelled.body] == []


def test_one_parcel_of_a_part_cancelled_is_told_with_what_remains() -> None:
    order = placed((factories.product(price=100_000), 2))
    part = order.consignments.get()
    quantities = {part.lines.get().pk: 1}
    made = split_parcel(parcel_id=part.parcels.get().pk, quantities=quantities, by=STAFF, moment=clock.now())
    move(made, ParcelState.CANCELLED)
    assert mails()[1:] == [f"Đơn {order.number}: một kiện hàng của {maker_of(order)} đã hủy"]
    left = order.total_incl_tax - 100_000
    assert f"{left:,.0f}".replace(",", ".") in mail.outbox[-1].body


def test_a_move_that_is_refused_tells_nothing() -> None:
    order = placed()
    with pytest.raises(CannotMove):
        move(parcel_of(order), ParcelState.DELIVERED)
    assert len(mails()) == 1


def test_an_account_without_an_address_is_told_on_its_pages() -> None:
    owner = factories.user(email=None, phone="+84912345678")
    made = attempt(basket_of((factories.product(), 1)), destination(), user=owner)
    send(made)
    assert [(message.to, message.user) for message in Message.objects.all()] == [("", owner)]


def test_a_guest_without_an_address_is_told_nothing_by_mail() -> None:
    place((factories.product(), 1))
    assert not Message.objects.exists()


def test_who_has_still_to_pay_is_not_told_that_producers_heard_of_it() -> None:
    order = placed()
    Order.objects.update(payment_state="awaiting_payment", payment_due_at=clock.now())
    mails()
    body = mail.outbox[0].body
    assert "Khi tiền đến, chúng tôi báo" in body and "đã báo từng nhà sản xuất" not in body
    mail.outbox.clear()
    Message.objects.all().delete()
    Order.objects.update(payment_state="cash_due", payment_due_at=None)
    tell_placed(Order.objects.get(pk=order.pk))
    mails()
    assert "đã báo từng nhà sản xuất" in mail.outbox[0].body


def test_once_paid_a_cancellation_names_no_total_that_forgets_what_went_back() -> None:
    tea, rice = (factories.product(by=factories.producer(), price=100_000, stock=5) for _two in range(2))
    order = placed((tea, 1), (rice, 1))
    Order.objects.update(payment_state="paid")
    part = order.consignments.first()
    assert part
    cancel_consignment(consignment_id=part.pk, by=STAFF, moment=clock.now())
    mails()
    body = mail.outbox[-1].body
    assert "bạn không phải trả nữa" in body and "thư riêng" in body and "tổng tiền" not in body
