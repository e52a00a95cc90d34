"""Makes an order of a basket: the one way in, whatever the way to pay.

Everything happens in one transaction, so that nothing leaves the basket when anything fails:

1. The basket is taken by a conditional update, open → submitted. Of ten simultaneous attempts one gets it; the
   others wait for it, find it taken, and are given the order that it made.
2. The basket is read anew, with today's prices, offers, charges and stock.
3. What stands in the way stops it: nothing in it, something not for sale, alcohol that is to be paid in cash or
   by somebody who has not said to be of age, a place nobody sends to, a
   producer's minimum that is not reached, an amount beyond what the tables hold, or a sum other than the buyer saw.
4. The stock is taken by conditional updates in the order of keys, for all lines or none.
5. Order, consignments, parcels and lines are written, and the sums of the parts compared with the whole. Buyer and
   producers are told.

It knows nothing of forms and pages, and nothing of payment providers: a payment will only move the state.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_class
from oscar.core.prices import Price

from marketplace.basket.models import Basket
from marketplace.basket.summary import Group, Item, Summary, summarise
from marketplace.clock import VIETNAM
from marketplace.look.figures import dong
from marketplace.partner.stock import InsufficientStock, take_stock
from marketplace.shipping.methods import PerProducer
from marketplace.shipping.models import Way
from marketplace.shipping.quotes import Destination

from . import cash_rules
from .agreed import record_agreed
from .creator import OrderCreator
from .messages import tell_placed
from .models import InvoiceRequest, Order, PaymentState, ShippingAddress
from .numbers import order_number, order_token, placement_key

TOO_MUCH = Decimal(10_000_000_000)  # đồng; Oscar's columns of amounts hold less


@dataclass(frozen=True)
class Recipient:
    """Who gets the goods and where. `phone` is E.164; `email` may be empty, and the place of what is fetched."""

    name: str
    phone: str
    destination: Destination | None
    street: str = ""
    email: str = ""
    former_address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Invoice:
    """To whom the producers write their invoices; `tax_code` as parse_tax_code gives it."""

    tax_code: str
    company: str
    address: str
    email: str


@dataclass(frozen=True)
class Terms:
    """What the buyer agreed to: the version of the terms, and whether news may be sent; and from which address.

    `adult`: buyer and recipient are 18 or over, in the words of accounts.consents.ADULT; needed for alcohol.
    """

    version: str
    marketing: bool = False
    adult: bool = False
    ip: str | None = None


@dataclass(frozen=True)
class Payment:
    """The state the order starts in. Awaiting payment has an end; cash on delivery has none."""

    state: PaymentState
    due_at: datetime | None = None

    @property
    def is_cash(self) -> bool:
        return self.state == PaymentState.CASH_DUE


@dataclass(frozen=True)
class Attempt:
    """One try to place an order. `seen` is Summary.seen of the page the buyer confirmed.

    By producer's key: `ways` holds what the buyer chose, `notes` words for the producer, `gifts` words for the
    card in the parcel. `user` is None for a guest.
    """

    basket_id: int
    recipient: Recipient
    terms: Terms
    payment: Payment
    seen: str
    language: str
    user: Any = None
    ways: Mapping[int, Way] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    gifts: Mapping[int, str] = field(default_factory=dict)
    invoice: Invoice | None = None


class CannotPlace(ValueError):
    """The order cannot be placed; the text says why, in the buyer's language. The basket is as it was."""


class BasketGone(CannotPlace):
    """The basket is neither open nor ordered: emptied elsewhere, or merged into another."""


class StockShort(CannotPlace):
    """Somebody else was faster; the text names the products."""


class BelowMinimum(CannotPlace):
    """A producer's minimum order is not reached; the text names the producer and the missing amount."""


class NotInCash(CannotPlace):
    """It may be ordered, but is to be paid before it is sent."""


class SumChanged(CannotPlace):
    """Prices, charges or the basket changed since the buyer saw them; to be shown and confirmed."""


class SumsDisagree(RuntimeError):
    """The parts of an order do not make the whole: a fault of ours, so nothing is kept."""


@transaction.atomic
def place_order(*, attempt: Attempt, strategy: Any, moment: datetime) -> Order:
    """Place the order, or return the one that the basket has already become.

    Raises CannotPlace (or one of its kinds) with the basket left open and nothing taken.
    """
    taken = Basket.objects.filter(pk=attempt.basket_id, status=Basket.OPEN).update(
        status=Basket.SUBMITTED, date_submitted=moment
    )
    if not taken:
        return _already_placed(attempt.basket_id)
    summary, basket = _read(attempt, strategy, moment)
    _check(summary, attempt)
    if attempt.payment.is_cash:
        _check_cash(summary, attempt, moment)
    _take(summary)
    order = _write(attempt, summary, basket, moment)
    _compare(order)
    record_agreed(order, ip=attempt.terms.ip)
    if attempt.invoice:
        InvoiceRequest.objects.create(order=order, **asdict(attempt.invoice))
    tell_placed(order)
    return order


def find_placed(key: str) -> Order | None:
    """The order that a form's placement key has led to, if any."""
    return Order.objects.filter(placement_key=key).first() if key else None


def _already_placed(basket_id: int) -> Order:
    order = find_placed(placement_key(basket_id))
    if order is None:
        raise BasketGone(_("Giỏ hàng này không còn nữa. Bạn xem lại giỏ hàng nhé."))
    return order


def _read(attempt: Attempt, strategy: Any, moment: datetime) -> tuple[Summary, Basket]:
    basket = Basket.objects.get(pk=attempt.basket_id)
    basket.strategy = strategy
    if basket.all_lines():
        get_class("offer.applicator", "Applicator")().apply(basket, attempt.user)
    day = moment.astimezone(VIETNAM).date()
    to = attempt.recipient.destination
    return summarise(basket=basket, destination=to, day=day, ways=attempt.ways), basket


def _check(summary: Summary, attempt: Attempt) -> None:
    if not summary.groups:
        raise BasketGone(_("Giỏ hàng đang trống."))
    if summary.problems:
        raise StockShort(_names(summary.problems))
    _check_alcohol(summary, attempt)
    for group in summary.refused:
        assert group.quote is not None
        raise CannotPlace(f"{group.producer.name}: {group.quote.refusal}")
    if summary.below_minimum:
        raise BelowMinimum(" ".join(minimum_words(group) for group in summary.below_minimum))
    if summary.needs_place and summary.destination is None:
        raise CannotPlace(_("Bạn điền nơi nhận cho phần được giao tận nơi nhé."))
    _check_size(summary)
    if not attempt.seen:
        raise SumChanged(_("Đây là phí giao và tổng tiền đến nơi bạn chọn. Bạn xem lại rồi xác nhận nhé."))
    if summary.seen != attempt.seen:
        raise SumChanged(_("Giá, phí giao hoặc giỏ hàng đã đổi. Bạn xem lại tổng tiền mới rồi xác nhận nhé."))


def _check_cash(summary: Summary, attempt: Attempt, moment: datetime) -> None:
    assert summary.total is not None
    reason = cash_rules.above_most(summary.total) or cash_rules.too_risky(
        phone=attempt.recipient.phone, user=attempt.user, moment=moment
    )
    if reason:
        raise NotInCash(reason)


def _check_alcohol(summary: Summary, attempt: Attempt) -> None:
    """Law 44/2019/QH14, art. 16: never for cash, never to whoever is not of age."""
    titles = ", ".join(item.title for item in summary.alcohol)
    if titles and attempt.payment.is_cash:
        words = _("Đồ uống có cồn không được trả tiền khi nhận hàng: %(titles)s.")
        raise CannotPlace(words % {"titles": titles})
    if titles and not attempt.terms.adult:
        words = _(
            "Đồ uống có cồn chỉ bán cho người từ đủ 18 tuổi: %(titles)s. Bạn xác nhận tuổi rồi đặt nhé."
        )
        raise CannotPlace(words % {"titles": titles})


def _check_size(summary: Summary) -> None:
    amounts = [item.line.line_price_incl_tax for item in summary.items]  # before discounts
    if max(summary.goods + (summary.shipping or 0), *amounts) >= TOO_MUCH:
        words = _("Trang này chỉ nhận đơn dưới %(most)s. Bạn bớt hàng hoặc chia thành nhiều đơn nhé.")
        raise CannotPlace(words % {"most": dong(TOO_MUCH)})


def minimum_words(group: Group) -> str:
    """ "HTX Phìn Hồ nhận đơn từ 200.000 ₫ tiền hàng, còn thiếu 15.000 ₫." """
    words = _("%(producer)s nhận đơn từ %(minimum)s tiền hàng, còn thiếu %(missing)s.")
    facts = {"producer": group.producer.name, "missing": dong(group.missing)}
    return words % (facts | {"minimum": dong(group.terms.minimum_order or 0)})


def _take(summary: Summary) -> None:
    quantities: dict[int, int] = {}
    for item in summary.items:
        key = item.line.stockrecord_id
        quantities[key] = quantities.get(key, 0) + item.line.quantity
    try:
        take_stock(quantities=quantities)
    except InsufficientStock as error:
        short = [item for item in summary.items if item.line.stockrecord_id in error.left]
        raise StockShort(_names(short, error.left)) from error


def _names(items: list[Item], left: Mapping[int, int] | None = None) -> str:
    """One sentence a product: what it is, and how many are left."""
    sentences = []
    for item in items:
        number = left[item.line.stockrecord_id] if left else item.left
        reason = _("kho chỉ còn %(left)d") % {"left": number} if number else _("vừa hết hàng hoặc thôi bán")
        sentences.append(f"{item.title}: {reason}.")
    return " ".join(sentences)


def _write(attempt: Attempt, summary: Summary, basket: Basket, moment: datetime) -> Order:
    creator = OrderCreator(summary=summary, notes=attempt.notes, gifts=attempt.gifts, moment=moment)
    assert summary.total is not None
    assert summary.shipping is not None
    order: Order = creator.place_order(
        basket,
        _price(summary.total),
        PerProducer(),
        _price(summary.shipping),
        user=attempt.user,
        shipping_address=_address(attempt.recipient),
        order_number=_free_number(moment.astimezone(VIETNAM).date()),
        date_placed=moment,
        guest_email=attempt.recipient.email,
        payment_state=attempt.payment.state,
        payment_due_at=attempt.payment.due_at,
        goods_total=summary.goods,
        token=order_token(),
        placement_key=placement_key(attempt.basket_id),
        language=attempt.language,
        phone=attempt.recipient.phone,
        note=attempt.recipient.note,
        terms_version=attempt.terms.version,
        terms_accepted_at=moment,
        marketing_consent=attempt.terms.marketing,
        has_alcohol=bool(summary.alcohol),
        adult_declared_at=moment if summary.alcohol else None,
    )
    return order


def _free_number(day: date) -> str:
    """Five letters meet again some day: draw until nobody has the number."""
    number = order_number(day)
    while Order.objects.filter(number=number).exists():
        number = order_number(day)
    return number


def _price(amount: Decimal) -> Price:
    return Price("VND", excl_tax=amount, tax=Decimal(0))


def _address(recipient: Recipient) -> ShippingAddress:
    """Who gets it and, unless everything is fetched, where."""
    to = recipient.destination
    address: ShippingAddress = ShippingAddress.objects.create(
        first_name=recipient.name,
        line1=recipient.street,
        line4=to.province.display_name if to else "",
        phone_number=recipient.phone,
        notes=recipient.note,
        province=to.province if to else None,
        commune=to.commune if to else None,
        former_address=recipient.former_address,
    )
    return address


def _compare(order: Order) -> None:
    """The consignments make the order, the lines make the consignments."""
    parts = list(order.consignments.prefetch_related("lines"))
    lines_agree = all(
        part.goods_total == sum(line.line_price_incl_tax for line in part.lines.all()) for part in parts
    )
    if not lines_agree or sum(part.total for part in parts) != order.total_incl_tax:
        raise SumsDisagree(order.number)
