"""What staff give back: limits, nothing twice, no stock."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.communication.models import Message
from marketplace.look.figures import dong
from marketplace.order.models import Consignment, Line, Order, ParcelState
from marketplace.order.parcels import split_parcel
from marketplace.order.returns.asking import CannotReturn
from marketplace.partner.models import StockRecord
from marketplace.payment.granting import Wanted, delivered, grant, measure, pieces_of_parcel
from marketplace.payment.models import Refund, RefundReason, RefundStatus
from marketplace.payment.refund_states import move_refund
from marketplace.payment.refunding import CannotRefund
from marketplace.payment.sums import Back
from tests import factories
from tests.order.moving import STAFF, bring, parcel_of
from tests.order.placing import place
from tests.order.returns.cast import answer, ask, close
from tests.payment.giving import gone, grants, paid, settled, sums
from tests.payment.waiting import waiting

pytestmark = pytest.mark.django_db
ITEMS, SHIPPING, GOODWILL, WHOLE = (
    RefundReason.ITEMS,
    RefundReason.SHIPPING,
    RefundReason.GOODWILL,
    RefundReason.WHOLE,
)


@pytest.fixture
def tea() -> Product:
    return factories.product(by=factories.producer("HTX Phìn Hồ"), price=100_000, stock=9)


@pytest.fixture
def order(tea: Product) -> Order:
    found = paid((tea, 3))
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


@pytest.fixture
def line(order: Order) -> Line:
    return order.lines.get()


@pytest.fixture
def part(order: Order) -> Consignment:
    return order.consignments.get()


def test_pieces_go_back_once_and_bring_no_stock(order: Order, line: Line) -> None:
    before = StockRecord.objects.values_list("num_in_stock", "num_allocated").get()
    grants(order, ITEMS, pieces={line.pk: 2})
    assert gone(order) == [("items", 200_000, "due")] and settled(order)
    with pytest.raises(CannotRefund, match="còn 1 sản phẩm"):
        grants(order, ITEMS, pieces={line.pk: 2}, key="khác")
    grants(order, ITEMS, pieces={line.pk: 1}, key="khác")
    with pytest.raises(CannotRefund, match="còn 0 sản phẩm"):
        grants(order, ITEMS, pieces={line.pk: 1}, key="nữa")
    assert sums(order).refunded == 300_000 and settled(order)
    assert StockRecord.objects.values_list("num_in_stock", "num_allocated").get() == before


def test_pieces_that_went_back_are_not_returned_and_returned_ones_do_not_go_back(
    order: Order, line: Line
) -> None:
    grants(order, ITEMS, pieces={line.pk: 1})
    with pytest.raises(CannotReturn):
        ask(order, pieces=3)
    request = ask(order, pieces=2)
    with pytest.raises(CannotRefund, match="còn 0"):
        grants(order, ITEMS, pieces={line.pk: 1}, key="khác")
    answer(request, accepted=True)
    close(request)
    assert sums(order).refunded == 100_000 + request.refund_amount and settled(order)


def test_what_was_not_delivered_is_cancelled_instead(tea: Product) -> None:
    order = paid((tea, 2))
    line = order.lines.get()
    for reason, wanted in (
        (ITEMS, {"pieces": {line.pk: 1}}),
        (SHIPPING, {"consignment": line.consignment_id}),
    ):
        with pytest.raises(CannotRefund):
            grants(order, reason, **wanted)
    assert gone(order) == []


def test_a_parcel_is_its_pieces(tea: Product) -> None:
    order = paid((tea, 3))
    first, line = parcel_of(order), order.lines.get()
    second = split_parcel(parcel_id=first.pk, quantities={line.pk: 1}, by=STAFF, moment=clock.now())
    bring(second, ParcelState.DELIVERED)
    assert (pieces_of_parcel(first.pk), pieces_of_parcel(second.pk)) == ({}, {line.pk: 1})
    grants(order, ITEMS, pieces=pieces_of_parcel(second.pk))
    bring(first, ParcelState.LOST)
    assert [amount for _reason, amount, _status in gone(order)] == [100_000, 200_000]
    assert sums(order).kept == order.shipping_incl_tax and settled(order)


def test_the_sending_goes_back_once(order: Order, part: Consignment) -> None:
    grants(order, SHIPPING, consignment=part.pk)
    assert gone(order) == [("shipping", part.shipping_charge, "due")]
    with pytest.raises(CannotRefund, match="không còn phí giao"):
        grants(order, SHIPPING, consignment=part.pk, key="khác")
    request = ask(order)
    assert request.shipping_amount == 0 and settled(order)


def test_the_sending_of_returned_goods_is_not_given_twice(order: Order, part: Consignment) -> None:
    assert ask(order).shipping_amount == part.shipping_charge
    with pytest.raises(CannotRefund, match="không còn phí giao"):
        grants(order, SHIPPING, consignment=part.pk)


def test_goodwill_lowers_what_the_order_costs(order: Order) -> None:
    grants(order, GOODWILL, amount=Decimal(20_000))
    found = sums(order)
    assert (found.goodwill, found.owed, found.due) == (20_000, order.total_incl_tax - 20_000, 0)


def test_goodwill_is_not_given_once_more_when_the_goods_are_returned(order: Order, client: Client) -> None:
    grants(order, GOODWILL, amount=Decimal(20_000))
    request = ask(order)
    address = reverse("order:return", args=[order.token, request.number])
    words = f"Chợ đã trả lại bạn {dong(20_000)} của đơn này từ trước"
    assert (sums(order).given_before, words in client.get(address).content.decode()) == (0, False)
    answer(request, accepted=True, goods_kept=True)
    assert (sums(order).given_before, words in client.get(address).content.decode()) == (20_000, True)
    close(request)
    assert gone(order)[-1][:2] == ("returned", request.refund_amount - 20_000)


def test_goodwill_and_the_loss_of_the_goods_bring_no_more_than_came(tea: Product) -> None:
    order = paid((tea, 1))
    grants(order, GOODWILL, amount=Decimal(30_000))
    bring(parcel_of(order), ParcelState.LOST)
    found = sums(order)
    assert (found.refunded, found.due) == (order.total_incl_tax, 0)


@pytest.mark.parametrize("amount", [0, -5_000, Decimal("1000.5"), 10**9])
def test_wrong_sums_are_refused_with_what_is_left(order: Order, amount: Decimal) -> None:
    with pytest.raises(CannotRefund, match=f"{order.total_incl_tax:,.0f}".replace(",", ".")):
        grants(order, GOODWILL, amount=Decimal(amount))
    assert gone(order) == []


def test_all_of_it_goes_back_and_then_nothing_more(order: Order, line: Line, part: Consignment) -> None:
    grants(order, GOODWILL, amount=Decimal(20_000))
    grants(order, WHOLE, key="khác")
    assert sums(order).kept == 0 and settled(order)
    part.refresh_from_db()
    assert part.shipping_refunded == part.shipping_charge > 0
    for reason, wanted in (
        (GOODWILL, {"amount": Decimal(1)}),
        (ITEMS, {"pieces": {line.pk: 1}}),
        (SHIPPING, {"consignment": part.pk}),
        (WHOLE, {}),
    ):
        with pytest.raises(CannotRefund):
            grants(order, reason, key="nữa", **wanted)
    assert delivered(order.pk)[0].left == 0


def test_an_order_that_was_not_paid_has_nothing_to_give(tea: Product) -> None:
    for order in (waiting((tea, 1)), place((tea, 1))):
        for reason, wanted in ((GOODWILL, {"amount": Decimal(1)}), (WHOLE, {})):
            with pytest.raises(CannotRefund, match="Không còn tiền"):
                grants(order, reason, **wanted)


def test_the_same_form_gives_once_and_is_recorded_and_told_once(order: Order) -> None:
    first = grants(order, GOODWILL, amount=Decimal(20_000))
    again = grants(order, GOODWILL, amount=Decimal(20_000))
    assert first == again and len(gone(order)) == 1
    entry = Entry.objects.get(action="refund_granted")
    assert entry.after == {"reason": "goodwill", "amount": 20_000, "words": "Hộp bị móp."}
    assert Message.objects.filter(kind="payment_refunded").count() == 1


def test_another_sum_than_was_shown_is_not_given(order: Order, line: Line) -> None:
    wanted = Wanted(ITEMS, pieces={line.pk: 1})
    facts = {"order_id": order.pk, "wanted": wanted, "by": STAFF, "moment": clock.now(), "key": "k"}
    with pytest.raises(CannotRefund, match=r"100\.000"):
        grant(**facts, shown=Decimal(99_999), words="Vì hộp móp.")
    with pytest.raises(CannotRefund, match="lý do"):
        grant(**facts, shown=Decimal(100_000), words="  ")
    assert gone(order) == []


def test_all_of_it_waits_for_what_failed(order: Order) -> None:
    grants(order, GOODWILL, amount=Decimal(20_000))
    move_refund(refund_id=Refund.objects.get().pk, to=RefundStatus.FAILED, moment=clock.now())
    assert (sums(order).due, sums(order).back) == (-20_000, Back.FAILED)
    with pytest.raises(CannotRefund, match="bằng cách khác"):
        measure(order_id=order.pk, wanted=Wanted(WHOLE))


def test_of_two_payments_both_give(tea: Product) -> None:
    order = place((tea, 2))
    first = parcel_of(order)
    second = split_parcel(
        parcel_id=first.pk, quantities={order.lines.get().pk: 1}, by=STAFF, moment=clock.now()
    )
    bring(first, ParcelState.DELIVERED)
    bring(second, ParcelState.DELIVERED)
    made = grants(order, WHOLE)
    assert len(made) == 2 and sums(order).kept == 0 and settled(order)
