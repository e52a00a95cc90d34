"""What is owed back goes back by itself, once; and the sums agree all the while."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from catalogue.models import Product
from marketplace import clock
from marketplace.communication.models import Message
from marketplace.look.figures import dong
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order, Parcel, ParcelState
from marketplace.order.parcels import split_parcel
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.rules import Reason
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Payment, Refund, RefundChange, RefundReason, RefundStatus
from marketplace.payment.refund_states import CannotMove, move_refund
from marketplace.payment.refunding import CannotRefund, give_back_owed, refund, refundable, spread
from marketplace.payment.sums import Back, Sums
from tests import factories
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.placing import place
from tests.order.returns.cast import answer, ask, close, lapse, receive
from tests.payment.giving import gone, paid, settled, sums
from tests.payment.waiting import opened, pays, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Product:
    return factories.product(by=factories.producer("HTX Phìn Hồ"), price=100_000, stock=9)


@pytest.fixture
def honey() -> Product:
    return factories.product("Mật ong", by=factories.producer("HTX Mật"), price=50_000, stock=9)


def told() -> int:
    return Message.objects.filter(kind="payment_refunded").count()


def cancel(order: Order, part: int = 0) -> Decimal:
    """What the part cost."""
    one = order.consignments.order_by("pk")[part]
    cancel_consignment(consignment_id=one.pk, by=BUYER, moment=clock.now())
    total: Decimal = one.total
    return total


def test_what_is_cancelled_of_a_paid_order_goes_back_once_and_is_told_once(
    tea: Product, honey: Product
) -> None:
    order = paid((tea, 1), (honey, 2))
    cost = cancel(order)
    assert gone(order) == [("cancelled", cost, "due")]
    assert (told(), settled(order)) == (1, True)
    assert min(StockRecord.objects.values_list("num_allocated", flat=True)) == 0
    rest = cancel(order, 1)
    assert gone(order) == [("cancelled", cost, "due"), ("cancelled", rest, "due")]
    assert settled(order) and sums(order).kept == 0


@pytest.mark.parametrize("end", [ParcelState.LOST, ParcelState.RETURNED])
def test_what_does_not_arrive_goes_back(tea: Product, end: ParcelState) -> None:
    order = paid((tea, 2))
    bring(parcel_of(order), end)
    assert gone(order) == [("cancelled", order.total_incl_tax, "due")]
    assert settled(order)


def test_half_of_a_consignment_that_is_lost_goes_back(tea: Product) -> None:
    order = paid((tea, 2))
    first = parcel_of(order)
    second = split_parcel(
        parcel_id=first.pk, quantities={order.lines.get().pk: 1}, by=STAFF, moment=clock.now()
    )
    bring(second, ParcelState.LOST)
    assert gone(order) == [("cancelled", 100_000, "due")]
    bring(first, ParcelState.DELIVERED)
    assert settled(order) and sums(order).back == Back.UNDER_WAY


def test_an_order_that_was_not_paid_gets_nothing_back(tea: Product) -> None:
    for order in (waiting((tea, 1)), place((tea, 1))):
        cancel(order)
        assert gone(order) == [] and settled(order)
    assert told() == 0


def test_cash_that_was_collected_goes_back_by_transfer(tea: Product) -> None:
    order = place((tea, 2))
    bring(parcel_of(order), ParcelState.DELIVERED)
    request = ask(order)
    answer(request, accepted=True)
    receive(request)
    assert gone(order) == [] and sums(order).due == -request.refund_amount
    close(request)
    assert gone(order) == [("returned", request.refund_amount, "due")]
    assert Refund.objects.get().way == "transfer" and settled(order)


def test_a_promise_is_given_when_the_return_ends_not_before(tea: Product, honey: Product) -> None:
    order = paid((tea, 2), (honey, 1))
    first, second = Parcel.objects.filter(consignment__order=order).order_by("pk")
    bring(first, ParcelState.DELIVERED)
    bring(second, ParcelState.HANDED_OVER)
    part = first.consignment

    asked = Asked(Reason.DAMAGED, "Vỡ", {part.lines.get().pk: 1}, "khóa")
    request = request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=clock.now())
    answer(request, accepted=True)
    move(second, ParcelState.LOST)
    lost = second.consignment.total
    assert gone(order) == [("cancelled", lost, "due")]
    assert sums(order).due == -request.refund_amount
    close(request)
    assert gone(order)[1:] == [("returned", request.refund_amount, "due")]
    assert settled(order)


def test_a_promise_that_lapses_gives_nothing(tea: Product) -> None:
    order = paid((tea, 2))
    bring(parcel_of(order), ParcelState.DELIVERED)
    request = ask(order)
    answer(request, accepted=True)
    lapse(request)
    assert gone(order) == [] and settled(order)


def test_it_comes_from_whatever_payment_has_something_left(tea: Product) -> None:
    order = place((tea, 2))
    first = parcel_of(order)
    second = split_parcel(
        parcel_id=first.pk, quantities={order.lines.get().pk: 1}, by=STAFF, moment=clock.now()
    )
    bring(first, ParcelState.DELIVERED)
    bring(second, ParcelState.DELIVERED)
    request = ask(order)
    answer(request, accepted=True, goods_kept=True)
    close(request)
    assert [amount for _reason, amount, _status in gone(order)] == [
        payment.received for payment in order.payments.order_by("-pk")
    ]
    assert settled(order) and len(gone(order)) == 2


def test_asked_for_again_nothing_follows(tea: Product, honey: Product) -> None:
    order = paid((tea, 1), (honey, 1))
    cancel(order)
    parcel = Parcel.objects.filter(consignment__order=order).order_by("pk")[0]
    for key in (f"parcel-{parcel.pk}", "another"):
        give_back_owed(order_id=order.pk, reason=RefundReason.CANCELLED, key=key, moment=clock.now())
    assert len(gone(order)) == 1 and told() == 1


def test_the_same_cause_gives_once_though_another_payment_has_something_left(tea: Product) -> None:
    order = place((tea, 2))
    first = parcel_of(order)
    second = split_parcel(
        parcel_id=first.pk, quantities={order.lines.get().pk: 1}, by=STAFF, moment=clock.now()
    )
    bring(first, ParcelState.DELIVERED)
    bring(second, ParcelState.DELIVERED)
    for _twice in range(2):
        spread(
            order_id=order.pk,
            amount=Decimal(100_000),
            reason=RefundReason.RETURNED,
            key="một lần",
            moment=clock.now(),
        )
        assert sums(order).refunded == 100_000
    spread(
        order_id=order.pk,
        amount=Decimal(150_000),
        reason=RefundReason.RETURNED,
        key="một lần",
        moment=clock.now(),
    )
    assert sums(order).refunded == 100_000


def test_what_failed_is_for_staff_and_not_given_with_the_next(tea: Product, honey: Product) -> None:
    order = paid((tea, 1), (honey, 1))
    first = cancel(order)
    moment = clock.now()
    move_refund(refund_id=Refund.objects.get().pk, to=RefundStatus.FAILED, moment=moment, note="x")
    found = sums(order)
    assert (found.due, found.back, found.to_give_back) == (-first, Back.FAILED, 0)
    second = cancel(order, 1)
    assert gone(order) == [("cancelled", first, "failed"), ("cancelled", second, "due")]
    assert sums(order).due == -first


def test_paid_twice_reads_as_paid_and_refunded_whole_as_that(tea: Product) -> None:
    order = waiting((tea, 1))
    first = opened(order)
    pays(first, first.amount + 5_000)
    surplus = Refund.objects.get()
    assert sums(order).back == Back.UNDER_WAY
    move_refund(refund_id=surplus.pk, to=RefundStatus.SUCCEEDED, moment=clock.now())
    assert sums(order).back == Back.NOTHING
    cancel(order)
    move_refund(refund_id=Refund.objects.latest("pk").pk, to=RefundStatus.SUCCEEDED, moment=clock.now())
    assert sums(order).back == Back.WHOLLY and settled(order)


@pytest.mark.parametrize("amount", [0, -1, 10_000_000, Decimal("0.5"), Decimal("1000.5")])
def test_no_more_than_is_left_and_no_less_than_a_dong(tea: Product, amount: Decimal) -> None:
    order = paid((tea, 1))
    with pytest.raises(CannotRefund, match="đến"):
        refund(
            payment_id=order.payments.get().pk,
            amount=Decimal(amount),
            reason=RefundReason.GOODWILL,
            key="k",
            moment=clock.now(),
        )
    assert gone(order) == []


def give(payment: Payment, amount: Decimal | int, key: str) -> Refund:
    reason, moment = RefundReason.GOODWILL, clock.now()
    return refund(payment_id=payment.pk, amount=Decimal(amount), reason=reason, key=key, moment=moment)


def test_of_a_payment_no_more_goes_back_than_came_in_all(tea: Product) -> None:
    payment = paid((tea, 1)).payments.get()
    assert payment.received is not None
    rest = payment.received - 60_000
    first = give(payment, 60_000, "a")
    with pytest.raises(CannotRefund, match=dong(rest)):
        give(payment, rest + 1, "b")
    assert give(payment, 60_000, "a") == first and refundable(payment) == rest
    give(payment, rest, "c")
    with pytest.raises(CannotRefund, match="Không còn"):
        give(payment, 1, "d")
    move_refund(refund_id=first.pk, to=RefundStatus.FAILED, moment=clock.now(), note="Sai số")
    assert refundable(payment) == 60_000


def test_of_a_payment_that_has_not_come_nothing_goes_back(tea: Product) -> None:
    with pytest.raises(CannotRefund, match="Không còn"):
        give(opened(waiting((tea, 1))), 1, "a")


def test_a_refund_goes_only_where_it_may_and_each_step_is_recorded(tea: Product) -> None:
    order = paid((tea, 1))
    cancel(order)
    key = Refund.objects.get().pk
    for to in ("pending", "due", "succeeded", "failed"):
        move_refund(refund_id=key, to=RefundStatus(to), moment=clock.now(), by=STAFF)
    for to in RefundStatus:
        with pytest.raises(CannotMove):
            move_refund(refund_id=key, to=to, moment=clock.now())
    steps = RefundChange.objects.order_by("pk").values_list("before", "after", "role")
    assert [after for _before, after, _role in steps] == ["due", "pending", "due", "succeeded", "failed"]
    assert [role for _before, _after, role in steps] == ["system", *["staff"] * 4]


def test_the_database_holds_the_ends(tea: Product) -> None:
    order = paid((tea, 1))
    cancel(order)
    for wrong in ({"status": "succeeded"}, {"ended_at": clock.now()}, {"granted": 10**9}):
        with pytest.raises(IntegrityError, match="refund_"), transaction.atomic():
            Refund.objects.update(**wrong)


def test_goodwill_counts_no_more_than_what_the_buyer_keeps() -> None:
    found = Sums(
        placed=Decimal(100),
        cancelled=Decimal(70),
        granted=Decimal(50),
        received=Decimal(100),
        refunded=Decimal(50),
    )
    assert (found.goodwill, found.owed, found.due, found.to_give_back) == (30, 0, -50, 50)


def test_what_a_bank_took_back_is_not_given_a_second_time() -> None:
    twice = Sums(placed=Decimal(100), received=Decimal(200), taken=Decimal(100))
    assert (twice.due, twice.to_give_back, twice.owed_to_buyer, twice.grantable) == (-100, 0, 0, 100)
    cancelled = Sums(placed=Decimal(100), cancelled=Decimal(100), received=Decimal(100), taken=Decimal(100))
    assert (cancelled.to_give_back, cancelled.owed_to_buyer, cancelled.grantable) == (0, 0, 0)


def test_pages_paper_and_list_of_the_account_say_the_same(
    client: Client, tea: Product, honey: Product
) -> None:
    order = paid((tea, 1), (honey, 1))
    cost = cancel(order)
    person = factories.user()
    Order.objects.filter(pk=order.pk).update(user=person)
    client.force_login(person)
    paper = PdfReader(BytesIO(client.get(reverse("order:paper", kwargs={"token": order.token})).content))
    said = {
        "page": client.get(order.get_absolute_url()).content.decode(),
        "list": client.get(reverse("order:mine")).content.decode(),
        "paper": paper.pages[0].extract_text(),
    }
    assert [name for name, words in said.items() if "đang trả lại tiền" not in words] == []
    assert [name for name, words in said.items() if "đã thanh toán" in words] == []
    for name in ("page", "paper"):
        assert f"−{dong(cost)}" in said[name] and dong(order.total_incl_tax) in said[name]
        assert "hàng không giao" in said[name]


def test_whoever_cancels_what_is_paid_reads_how_the_money_comes_back(client: Client, tea: Product) -> None:
    for order, says in ((paid((tea, 1)), True), (place((tea, 1)), False)):
        facts = {"token": order.token, "consignment_id": order.consignments.get().pk}
        html = client.get(reverse("order:cancel", kwargs=facts)).content.decode()
        assert ("Tiền về lại thẻ bạn đã dùng" in html) == says
