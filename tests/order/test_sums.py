"""The parts of an order make the whole, whatever is in the basket."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.order.models import Consignment, Order
from tests import factories
from tests.offer.test_rounding import percentage_offer
from tests.order.placing import place

pytestmark = pytest.mark.django_db

PLACES = ("Tuyên Quang", "Thái Nguyên", "Hà Nội", "Cà Mau")
LINE = st.tuples(
    st.sampled_from(PLACES), st.integers(1, 2_000_000), st.integers(1, 30), st.integers(1, 9_000)
)


@settings(max_examples=20, deadline=None)
@given(
    lines=st.lists(LINE, min_size=1, max_size=6),
    percent=st.none() | st.decimals(1, 90, places=1),
    to=st.sampled_from(PLACES),
)
def test_consignments_make_the_order_and_lines_make_the_consignments(
    lines: list[tuple[str, int, int, int]], percent: Decimal | None, to: str
) -> None:
    with transaction.atomic():
        if percent is not None:
            percentage_offer(percent)
        makers = {of: factories.producer(of=of) for of in PLACES}
        contents = [
            (factories.product(by=makers[of], price=price, stock=100, shipping_weight_g=grams), pieces)
            for of, price, pieces, grams in lines
        ]
        check(place(*contents, to=to), contents)
        transaction.set_rollback(True)


def check(order: Order, contents: list) -> None:  # type: ignore[type-arg]
    parts = order.consignments.all()
    assert (
        order.total_incl_tax
        == sum(part.total for part in parts)
        == order.goods_total + order.shipping_incl_tax
    )
    assert order.shipping_incl_tax == sum(part.shipping_charge for part in parts)
    for part in parts:
        assert part.goods_total == part.lines.aggregate(sum=Sum("line_price_incl_tax"))["sum"]
    given = sum(discount.amount for discount in order.discounts.all())
    listed = sum(line.unit_price_incl_tax * line.quantity for line in order.lines.all())
    assert order.goods_total == listed - given
    assert [line.quantity for line in order.lines.order_by("pk")] == [pieces for _product, pieces in contents]
    for line in order.lines.all():
        assert line.line_price_incl_tax == sum(
            part.price_incl_tax * part.quantity for part in line.prices.all()
        )


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Consignment, {"total": 1}),
        (Consignment, {"goods_total": -1, "shipping_charge": 0, "total": -1}),
        (Consignment, {"zone": "moon"}),
        (Order, {"total_incl_tax": 1}),
        (Order, {"payment_state": "free"}),
        (Order, {"payment_state": "awaiting_payment"}),
        (Order, {"phone": "0912345678"}),
    ],
)
def test_the_database_refuses_what_does_not_add_up(model: type, change: dict[str, object]) -> None:
    place((factories.product(), 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)  # type: ignore[attr-defined]


def test_a_parcel_knows_only_its_states() -> None:
    order = place((factories.product(), 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        order.consignments.get().parcels.update(state="flown")
