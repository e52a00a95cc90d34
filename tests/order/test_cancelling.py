import pytest

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment, may_be_cancelled
from marketplace.order.models import Consignment, Order, ParcelState, PaymentState
from marketplace.order.parcels import CannotMove, split_parcel
from marketplace.partner.models import StockRecord
from search.models import Entry
from tests import factories
from tests.order.moving import BUYER, STAFF, bring, move
from tests.order.placing import place

pytestmark = pytest.mark.django_db


def cancel(part: Consignment) -> None:
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now(), reason="Đặt nhầm")


def two_producers() -> Order:
    return place(
        (factories.product(by=factories.producer(of="Hà Nội"), price=100_000, stock=5), 2),
        (factories.product(by=factories.producer(of="Cà Mau"), price=50_000, stock=5), 1),
    )


def test_a_part_that_is_cancelled_is_owed_no_more_and_the_other_stays() -> None:
    order = two_producers()
    first, second = order.consignments.all()
    cancel(first)
    first.refresh_from_db()
    order = Order.objects.get()
    assert (first.cancelled_total, first.owed) == (first.total, 0)
    assert order.owed == second.total == order.total_incl_tax - first.total
    assert order.payment_state == PaymentState.CASH_DUE
    change = first.parcels.get().changes.get()
    assert (change.after, change.role, change.note) == (ParcelState.CANCELLED, "buyer", "Đặt nhầm")


def test_its_stock_can_be_sold_again() -> None:
    first, second = two_producers().consignments.all()
    cancel(first)
    promised = {record.partner_id: record.num_allocated for record in StockRecord.objects.all()}
    pieces = second.lines.get().quantity
    assert promised == {first.partner_id: 0, second.partner_id: pieces}


def test_cancelling_again_changes_nothing() -> None:
    first = two_producers().consignments.all()[0]
    cancel(first)
    cancel(first)
    assert first.parcels.get().changes.count() == 1
    assert StockRecord.objects.get(partner=first.partner_id).num_allocated == 0


def test_an_order_ends_with_its_last_part() -> None:
    for part in two_producers().consignments.all():
        cancel(part)
    order = Order.objects.get()
    assert (order.payment_state, order.owed, order.delivery_state) == (PaymentState.CANCELLED, 0, "cancelled")


def test_what_has_left_in_part_is_not_cancelled() -> None:
    order = place((factories.product(), 2))
    part = order.consignments.get()
    parcel = part.parcels.get()
    split_parcel(parcel_id=parcel.pk, quantities={part.lines.get().pk: 1}, by=STAFF, moment=clock.now())
    bring(parcel, ParcelState.HANDED_OVER)
    assert not may_be_cancelled(part)
    with pytest.raises(CannotMove, match="trả hàng"):
        cancel(part)
    assert sorted(part.parcels.values_list("state", flat=True)) == ["handed_over", "new"]


def test_a_part_of_which_one_parcel_was_cancelled_can_be_cancelled_whole() -> None:
    part = place((factories.product(), 2)).consignments.get()
    lines = {part.lines.get().pk: 1}
    made = split_parcel(parcel_id=part.parcels.get().pk, quantities=lines, by=STAFF, moment=clock.now())
    move(made, ParcelState.CANCELLED)
    assert may_be_cancelled(part)
    cancel(part)
    part.refresh_from_db()
    assert part.owed == 0
    assert not may_be_cancelled(Consignment.objects.get())


def test_cancelled_goods_do_not_count_as_sold() -> None:
    order = two_producers()
    sold = {entry.pk: entry.sold for entry in Entry.objects.all()}
    assert sorted(sold.values()) == [1, 2]
    first = order.consignments.all()[0]
    cancel(first)
    entry = Entry.objects.get(pk=first.lines.get().product_id)
    assert entry.sold == 0
