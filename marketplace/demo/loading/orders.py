"""Orders of the demonstration, in every state of delivery, so that staff's screens have something to show.

They are placed and moved by the shop's own functions, on past days; a shop that has orders gets none.
"""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from catalogue.models import Product, Sale
from marketplace import clock
from marketplace.basket.models import Basket
from marketplace.basket.summary import summarise
from marketplace.clock import VIETNAM
from marketplace.demo.chance import chance
from marketplace.demo.rows import DATA
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Carrier, Consignment, Order, Parcel, ParcelState, PaymentState, Role
from marketplace.order.parcels import By, Tracking, move_parcel
from marketplace.order.placement import Attempt, CannotPlace, Payment, Recipient, Terms, place_order
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.rules import Reason
from marketplace.order.states import WAY
from marketplace.partner.strategy import Default
from marketplace.shipping.quotes import Destination
from producers.models import Commune

NUMBER = 30
CARRIER = "Giao Nhanh (mẫu)"
LONGEST_AGO = 21  # days
STAFF, BUYER = By(Role.STAFF), By(Role.BUYER)

#: How far a parcel is by the days since its order; older ones are delivered.
REACHED = {0: ParcelState.NEW, 1: ParcelState.NEW, 2: ParcelState.CONFIRMED, 3: ParcelState.PACKED}
UNDER_WAY = 7  # days for which a parcel is with its carrier
#: Of the orders placed, by their number.
ODD_ENDS = {7: ParcelState.LOST, 9: ParcelState.RETURNED}
CANCELLED, GIVEN_BACK = {5, 12}, {3, 10}


def load_orders(*, today: date) -> int:
    """Place them, the oldest first; how many were placed."""
    if Order.objects.exists():
        return 0
    words = tomllib.loads((DATA / "orders.toml").read_text(encoding="utf-8"))
    products = list(
        Product.objects.listed()
        .filter(is_demo=True, sale=Sale.ON_SALE, upc__startswith="DEMO-", structure=Product.STANDALONE)
        .order_by("upc")
    )
    communes = list(Commune.objects.select_related("province__region").order_by("code"))
    carrier, _made = Carrier.objects.get_or_create(
        name=CARRIER, defaults={"tracking_address": "https://giao-nhanh.example/tra-cuu?ma={}"}
    )
    placed = 0
    for at in range(NUMBER if products and communes else 0):
        days = LONGEST_AGO - at * LONGEST_AGO // (NUMBER - 1)
        order = _place(at, today - timedelta(days=days), words, products, communes)
        if order:
            _bring(placed, order, days, carrier, words)
            placed += 1
    return placed


def _place(
    at: int, day: date, words: dict[str, Any], products: Sequence[Product], communes: Sequence[Commune]
) -> Order | None:
    """None when chance has chosen what cannot be sent there, or not be paid at the door."""
    draw = chance("order", at)
    basket = Basket.objects.create()
    basket.strategy = Default()
    for product in draw.sample(list(products), draw.randint(1, 3)):
        basket.add_product(product, draw.randint(1, 2))
    commune = draw.choice(communes)
    to = Destination(commune.province, commune)
    moment = _at(day, 8 + at % 9)
    with clock.at(moment):
        seen = summarise(basket=basket, destination=to, day=day)
        makers = [group.producer.pk for group in seen.groups]
        attempt = Attempt(
            basket_id=basket.pk,
            recipient=Recipient(
                name=draw.choice(words["names"]), phone=f"+8490000{at:04}", destination=to,
                street=draw.choice(words["streets"]),
            ),
            terms=Terms("demo"),
            payment=Payment(PaymentState.CASH_DUE),
            seen=seen.seen,
            language="vi",
            notes={maker: draw.choice(words["notes"]) for maker in makers},
            gifts={maker: draw.choice(words["gifts"]) for maker in makers},
        )  # fmt: skip
        try:
            return place_order(attempt=attempt, strategy=Default(), moment=moment)
        except CannotPlace:
            basket.delete()
            return None


def _bring(number: int, order: Order, days: int, carrier: Carrier, words: dict[str, Any]) -> None:
    for part in order.consignments.all():
        if number in CANCELLED:
            moment = order.date_placed + timedelta(hours=3)
            cancel_consignment(consignment_id=part.pk, by=BUYER, moment=moment, reason="Đặt nhầm")
            continue
        parcel = part.parcels.get()
        late = ParcelState.HANDED_OVER if days < UNDER_WAY else ParcelState.DELIVERED
        last = ODD_ENDS.get(number, REACHED.get(days, late))
        _move(parcel, last, order.date_placed, carrier)
        if number in GIVEN_BACK and last == ParcelState.DELIVERED:
            _ask_back(part, words["returns"][number % 2])


def _move(parcel: Parcel, last: ParcelState, since: datetime, carrier: Carrier) -> None:
    straight = last if last in WAY else ParcelState.HANDED_OVER
    states = [*WAY[1 : WAY.index(straight) + 1], *([last] if last != straight else [])]
    for step, state in enumerate(states, start=1):
        tracking = Tracking(carrier, f"GN{parcel.pk:08}") if state == ParcelState.HANDED_OVER else None
        moment = since + timedelta(days=step)
        move_parcel(parcel_id=parcel.pk, to=state, by=STAFF, moment=moment, tracking=tracking)


def _ask_back(part: Consignment, text: str) -> None:
    line = part.lines.first()
    assert line is not None
    moment = part.order.date_placed + timedelta(days=len(WAY))
    asked = Asked(reason=Reason.DAMAGED, text=text, quantities={line.pk: 1}, key=f"demo-{part.pk}")
    with clock.at(moment):
        request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=moment)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), VIETNAM)
