from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.models import Product, Sale
from marketplace import clock
from marketplace.accounts.models import Consent
from marketplace.basket.models import Basket
from marketplace.order import placement
from marketplace.order.creator import OrderCreator
from marketplace.order.models import Order, PaymentState
from marketplace.order.placement import BasketGone, CannotPlace, Payment, StockShort, SumChanged, Terms
from marketplace.partner.models import StockRecord
from tests import factories
from tests.order.placing import attempt, basket_of, destination, place, send

pytestmark = pytest.mark.django_db


def nothing_happened(basket: Basket) -> bool:
    kept = Basket.open.filter(pk=basket.pk, lines__isnull=False).exists()
    promised = [record.num_allocated or 0 for record in StockRecord.objects.all()]
    return kept and not Order.objects.exists() and not any(promised)


def test_a_basket_sent_twice_makes_one_order() -> None:
    basket = basket_of((factories.product(stock=5), 2))
    made = attempt(basket)
    assert send(made) == send(made)
    assert StockRecord.objects.get().num_allocated == 2


def test_too_little_stock_names_the_product_and_what_is_left_and_keeps_the_basket() -> None:
    plenty, scarce = factories.product(stock=9), factories.product("Mật ong bạc hà", stock=3)
    basket = basket_of((plenty, 1), (scarce, 3))
    made = attempt(basket)
    StockRecord.objects.filter(product=scarce).update(num_in_stock=2)
    with pytest.raises(StockShort, match="Mật ong bạc hà: kho chỉ còn 2"):
        send(made)
    assert nothing_happened(basket)


@pytest.mark.parametrize(("pieces", "fits"), [(99, True), (100, False)])
def test_an_amount_that_the_tables_do_not_hold_is_refused_with_a_word(pieces: int, fits: bool) -> None:
    basket = basket_of((factories.product(price=100_000_000, stock=200), pieces))
    if fits:
        assert send(attempt(basket)).goods_total == 9_900_000_000
    else:
        with pytest.raises(CannotPlace, match="chia thành nhiều đơn"):
            send(attempt(basket))
        assert nothing_happened(basket)


def test_parts_that_do_not_make_the_whole_are_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    basket = basket_of((factories.product(stock=5), 2))
    real = placement._price
    monkeypatch.setattr(placement, "_price", lambda amount: real(amount + 1))
    with pytest.raises(placement.SumsDisagree):
        send(attempt(basket))
    assert nothing_happened(basket)


def test_stock_that_goes_after_the_look_is_not_sold(monkeypatch: pytest.MonkeyPatch) -> None:
    scarce = factories.product("Mật ong bạc hà", stock=3)
    basket = basket_of((scarce, 3))
    made = attempt(basket)
    monkeypatch.setattr(placement, "_check", sells_elsewhere(scarce, 1))
    with pytest.raises(StockShort, match="Mật ong bạc hà: kho chỉ còn 2"):
        send(made)
    assert Basket.open.filter(pk=basket.pk).exists()


def sells_elsewhere(product: Product, pieces: int) -> Callable[..., None]:
    def sell(*_args: Any) -> None:
        StockRecord.objects.filter(product=product).update(num_allocated=pieces)

    return sell


def test_a_price_that_changed_is_to_be_confirmed_first() -> None:
    product = factories.product(price=100_000)
    basket = basket_of((product, 1))
    made = attempt(basket)
    StockRecord.objects.update(price=Decimal(120_000))
    with pytest.raises(SumChanged):
        send(made)
    assert nothing_happened(basket)
    assert send(attempt(basket)).goods_total == 120_000


def test_a_product_that_is_no_longer_sold_stops_the_order() -> None:
    product = factories.product("Cốm làng Vòng")
    basket = basket_of((product, 1))
    made = attempt(basket)
    Product.objects.filter(pk=product.pk).update(sale=Sale.REGISTERED)
    with pytest.raises(StockShort, match="Cốm làng Vòng"):
        send(made)
    assert nothing_happened(basket)


def test_alcohol_is_not_paid_at_the_door() -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    basket = basket_of((factories.product("Rượu nếp cẩm", sets=(spirits,)), 1))
    with pytest.raises(CannotPlace, match="không được trả tiền khi nhận hàng: Rượu nếp cẩm"):
        send(attempt(basket, terms=Terms("2026-11", adult=True)))
    assert nothing_happened(basket)


def test_a_size_of_alcohol_is_alcohol() -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    _parent, sizes = factories.sized(sets=(spirits,))
    with pytest.raises(CannotPlace):
        send(attempt(basket_of((sizes[0], 1))))


def waits() -> Payment:
    return Payment(PaymentState.AWAITING_PAYMENT, clock.now() + timedelta(hours=1))


def test_alcohol_is_sold_to_whoever_says_to_be_of_age_and_pays_before() -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    basket = basket_of((factories.product("Rượu nếp cẩm", sets=(spirits,)), 1), (factories.product(), 1))
    made = attempt(basket, payment=waits())
    with pytest.raises(CannotPlace, match="từ đủ 18 tuổi: Rượu nếp cẩm"):
        send(made)
    assert nothing_happened(basket)
    order = send(replace(made, terms=Terms("2026-11", adult=True)))
    assert order.has_alcohol and order.adult_declared_at == order.date_placed
    assert sorted(order.consignments.values_list("has_alcohol", flat=True)) == [False, True]
    said = Consent.objects.filter(purpose="adult", given=True)
    assert [(row.at, row.text_version) for row in said] == [(order.date_placed, "2026-11")]


def test_being_of_age_is_not_written_down_where_nobody_asked() -> None:
    basket = basket_of((factories.product(), 1))
    order = send(attempt(basket, payment=waits(), terms=Terms("2026-11", adult=True)))
    assert (order.has_alcohol, order.adult_declared_at) == (False, None)
    assert not Consent.objects.filter(purpose="adult").exists()


@pytest.mark.parametrize("change", [{"adult_declared_at": None}, {"payment_state": "cash_due"}])
def test_the_database_sells_alcohol_to_adults_and_not_for_cash(change: dict[str, Any]) -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    basket = basket_of((factories.product(sets=(spirits,)), 1))
    order = send(attempt(basket, payment=waits(), terms=Terms("2026-11", adult=True)))
    with pytest.raises(IntegrityError, match="order_alcohol_is_prepaid_by_an_adult"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**change)


def test_living_goods_stay_in_their_province() -> None:
    ornamental = factories.category("Sinh vật cảnh", 25, flags=("live",))
    product = factories.product(sets=(ornamental,), by=factories.producer(of="Hà Nội"))
    far = basket_of((product, 1))
    with pytest.raises(CannotPlace, match="chỉ giao được trong Hà Nội"):
        send(attempt(far, destination("Cà Mau")))
    assert nothing_happened(far)
    assert send(attempt(far, destination("Hà Nội"))).consignments.get().zone == "province"


@pytest.mark.parametrize("step", ["create_order_model", "create_line_models"])
def test_a_failure_anywhere_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    basket = basket_of((factories.product(), 1), (factories.product(), 1))
    original = getattr(OrderCreator, step)

    def break_after(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        raise ConnectionError

    monkeypatch.setattr(OrderCreator, step, break_after)
    with pytest.raises(ConnectionError):
        send(attempt(basket))
    assert nothing_happened(basket)


def test_an_empty_basket_is_no_order() -> None:
    basket = Basket.objects.create()
    with pytest.raises(BasketGone):
        send(attempt(basket))


def test_a_merged_basket_is_no_order() -> None:
    basket = basket_of((factories.product(), 1))
    made = attempt(basket)
    Basket.objects.update(status=Basket.MERGED)
    with pytest.raises(BasketGone):
        send(made)


def test_an_order_that_awaits_payment_takes_its_stock_at_once_and_has_an_end() -> None:
    due = datetime(2026, 12, 1, 12, tzinfo=UTC)
    basket = basket_of((factories.product(stock=4), 4))
    order = send(attempt(basket, payment=Payment(PaymentState.AWAITING_PAYMENT, due)))
    assert (order.payment_state, order.payment_due_at) == ("awaiting_payment", due)
    assert StockRecord.objects.get().net_stock_level == 0


def test_days_of_arrival_count_from_the_day_in_vietnam() -> None:
    product = factories.product(by=factories.producer(of="Hà Nội"))
    with clock.at(datetime(2026, 11, 24, 18, tzinfo=UTC)):
        part = place((product, 1)).consignments.get()
    assert (part.deliver_from, part.deliver_to) == (date(2026, 11, 26), date(2026, 11, 28))


def test_numbers_and_links_tell_nothing_of_other_orders() -> None:
    orders = [place((factories.product(), 1)) for _ in range(3)]
    assert len({order.number for order in orders}) == len({order.token for order in orders}) == 3
    assert all(len(order.token) >= 32 for order in orders)
    assert all(order.number.startswith(f"OC{clock.today():%y%m%d}-") for order in orders)


def test_a_number_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = place((factories.product(), 1)).number
    drawn = iter([taken, taken, "OC261124-7K3QX"])
    monkeypatch.setattr(placement, "order_number", lambda day: next(drawn))
    assert place((factories.product(), 1)).number == "OC261124-7K3QX"
    assert Order.objects.count() == 2


def test_a_line_keeps_title_and_size_of_what_was_bought() -> None:
    _parent, sizes = factories.sized(("Gói 500 g", 400_000, 5), title="Miến dong Tài Hoan")
    line = place((sizes[0], 2)).lines.get()
    assert (line.title, line.size, line.quantity) == ("Miến dong Tài Hoan", "Gói 500 g", 2)


def test_three_producers_and_six_lines_take_at_most_sixty_queries() -> None:
    makers = [factories.producer(of=of) for of in ("Tuyên Quang", "Hà Nội", "Cà Mau")]
    basket = basket_of(*[(factories.product(by=maker), 2) for maker in makers for _ in range(2)])
    made = attempt(basket)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        send(made)
    assert len(queries) <= 60
