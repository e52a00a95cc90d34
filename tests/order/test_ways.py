"""Orders that are sent, fetched, or both; minimum orders; what is kept of weights and words."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Reach
from marketplace.order.models import Consignment, Order
from marketplace.order.page import order_context
from marketplace.order.placement import BelowMinimum, CannotPlace, Recipient
from marketplace.shipping.models import Way
from tests import factories
from tests.order.placing import attempt, basket_of, place, send

pytestmark = pytest.mark.django_db
NOBODY_AT_HOME = Recipient(name="Nguyễn Thị Hoài Thương", phone="+84912345678", destination=None)


def fetched(*contents: Any, of: Any, **changes: Any) -> Order:
    ways = {maker.pk: Way.PICKUP for maker in of}
    return send(attempt(basket_of(*contents), ways=ways, **changes))


def test_what_is_fetched_costs_no_sending_and_keeps_where_and_when() -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, offers_pickup=True)
    part = fetched((factories.product(by=maker), 1), of=[maker]).consignments.get()
    assert (part.way, part.zone, part.shipping_charge, part.charged_weight_g) == ("pickup", "", 0, 0)
    assert (part.pickup_address, part.pickup_hours) == ("Xưởng chè Phìn Hồ", "Thứ hai đến thứ bảy, 8–17 giờ")


def test_the_steps_of_what_is_fetched_name_no_carrier() -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, offers_pickup=True)
    order = fetched((factories.product(by=maker), 1), of=[maker])
    (part,) = order_context(order)["consignments"]
    labels = [str(step["label"]) for step in part["parcels"][0]["steps"]]
    assert labels == ["Đã nhận đơn", "Nhà sản xuất đã xác nhận", "Sẵn tại nơi bán", "Bạn đã nhận hàng"]
    order.consignments.get().parcels.update(state="handed_over")
    (part,) = order_context(order)["consignments"]
    assert {step["state"] for step in part["parcels"][0]["steps"]} == {"done"}
    assert part["label"] == part["parcels"][0]["label"] == "Bạn đã nhận hàng"
    order.consignments.get().parcels.update(state="packed")
    assert order_context(order)["consignments"][0]["label"] == "Sẵn tại nơi bán"


def test_an_order_that_is_all_fetched_needs_no_address() -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, offers_pickup=True)
    order = fetched((factories.product(by=maker), 1), of=[maker], recipient=NOBODY_AT_HOME)
    assert (order.shipping_address.first_name, order.shipping_address.place) == (NOBODY_AT_HOME.name, "")


def test_what_is_to_be_sent_needs_an_address() -> None:
    basket = basket_of((factories.product(), 1))
    with pytest.raises(CannotPlace, match="Bạn điền nơi nhận"):
        send(attempt(basket, recipient=NOBODY_AT_HOME))


def test_a_pick_up_that_is_not_offered_is_sent() -> None:
    maker = factories.producer()
    assert fetched((factories.product(by=maker), 1), of=[maker]).consignments.get().way == Way.DELIVERY


def test_live_goods_for_another_province_are_fetched_or_not_ordered() -> None:
    maker = factories.producer(of="Cà Mau")
    factories.shipping_terms(maker, offers_pickup=True)
    crab = factories.product(by=maker, reach=Reach.PROVINCE)
    with pytest.raises(CannotPlace, match="chọn nhận tại nơi bán"):
        place((crab, 1), to="Hà Nội")
    assert fetched((crab, 1), of=[maker]).consignments.get().way == Way.PICKUP


def test_a_minimum_that_is_not_reached_stops_the_order_and_names_producer_and_amount() -> None:
    maker = factories.producer("HTX Phìn Hồ")
    factories.shipping_terms(maker, minimum_order=200_000)
    product = factories.product(by=maker, price=185_000)
    with pytest.raises(BelowMinimum) as stopped:
        place((product, 1))
    said = "HTX Phìn Hồ nhận đơn từ 200.000\xa0₫ tiền hàng, còn thiếu 15.000\xa0₫."
    assert str(stopped.value) == said
    assert not Order.objects.exists()
    assert place((product, 2)).goods_total == 370_000


def test_a_consignment_keeps_what_was_weighed_and_what_was_charged() -> None:
    bulky = factories.product(shipping_weight_g=400, length_cm=30, width_cm=20, height_cm=20)
    part = place((bulky, 2)).consignments.get()
    assert (part.weight_g, part.charged_weight_g) == (800, 4000)


def test_words_go_to_the_producer_they_are_for() -> None:
    makers = [factories.producer(), factories.producer()]
    basket = basket_of(*[(factories.product(by=maker), 1) for maker in makers])
    order = send(
        attempt(basket, notes={makers[0].pk: "Gọi trước"}, gifts={makers[1].pk: "Chúc mừng năm mới"})
    )
    kept = {part.partner_id: (part.note, part.gift_message) for part in order.consignments.all()}
    assert kept == {makers[0].pk: ("Gọi trước", ""), makers[1].pk: ("", "Chúc mừng năm mới")}


@pytest.mark.parametrize(
    "change",
    [{"way": "pickup"}, {"zone": ""}, {"way": "flown"}, {"way": "pickup", "zone": "", "pickup_address": ""}],
)
def test_the_database_knows_sent_and_fetched_and_nothing_between(change: dict[str, object]) -> None:
    place((factories.product(), 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consignment.objects.update(**change)
