"""A basket as the buyer sees it: by producer, with charges and days. Basket, checkout and order all read this.

Amounts are whole đồng, VAT included, after offers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from catalogue.models import Reach
from marketplace import prepaid
from marketplace.shipping.goods import nearest, reach_of, volume_of, weight_of
from marketplace.shipping.models import ProducerTerms, Tariff, Way, terms_of
from marketplace.shipping.quotes import (
    Destination,
    Parcel,
    Quote,
    quote,
    quote_pickup,
    refusal_of,
    tariffs,
)
from producers.models import Producer

from .models import Basket, Line
from .seen import Seen, SeenLine, SeenPart, sign


@dataclass(frozen=True)
class Item:
    """One line. `problem` says why it cannot be ordered as it is; `left` is how many could be."""

    line: Line
    price: Decimal
    problem: str
    left: int
    reach: Reach

    @property
    def title(self) -> str:
        return str(self.line.product.listed.title)

    @property
    def is_alcohol(self) -> bool:
        return bool(self.line.product.is_alcohol)

    @property
    def size(self) -> str:
        """A size's own name, or the net quantity."""
        product = self.line.product
        return str(product.net_quantity or (product.title if product.is_child else ""))

    @property
    def was(self) -> Decimal | None:
        """The price of a piece when it was put into the basket, if it has changed since."""
        then = self.line.price_incl_tax
        return then if then is not None and self.price and then != self.line.unit_price_incl_tax else None


@dataclass(frozen=True)
class Group:
    """What comes from one producer: one consignment of the order.

    `delivery` is the quote for sending, None while nobody knows where to; `quote` is that of the way chosen.
    """

    terms: ProducerTerms
    items: list[Item]
    parcel: Parcel
    way: Way
    delivery: Quote | None
    quote: Quote | None

    @property
    def producer(self) -> Producer:
        return self.terms.producer

    @property
    def ways(self) -> list[Way]:
        """What the buyer may choose from."""
        sent = [] if self.terms.offers_pickup and self.parcel.reach == Reach.PICKUP else [Way.DELIVERY]
        return sent + ([Way.PICKUP] if self.terms.offers_pickup else [])

    @property
    def missing(self) -> Decimal:
        """Whole đồng of goods that the producer's minimum order lacks."""
        return max((self.terms.minimum_order or Decimal(0)) - self.goods, Decimal(0))

    @property
    def goods(self) -> Decimal:
        return self.parcel.goods

    @property
    def pieces(self) -> int:
        return sum(item.line.quantity for item in self.items)

    @property
    def charge(self) -> Decimal | None:
        """Whole đồng, or None while it is unknown or refused."""
        return None if self.quote is None or self.quote.refusal else self.quote.charge

    @property
    def total(self) -> Decimal | None:
        return None if self.charge is None else self.goods + self.charge


@dataclass(frozen=True)
class Summary:
    """The whole basket."""

    groups: list[Group]
    destination: Destination | None

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    @property
    def pieces(self) -> int:
        return sum(group.pieces for group in self.groups)

    @property
    def goods(self) -> Decimal:
        return sum((group.goods for group in self.groups), Decimal(0))

    @property
    def shipping(self) -> Decimal | None:
        """Whole đồng, or None while one producer's charge is unknown."""
        charges = [group.charge for group in self.groups if group.charge is not None]
        return sum(charges, Decimal(0)) if len(charges) == len(self.groups) else None

    @property
    def total(self) -> Decimal | None:
        return None if self.shipping is None else self.goods + self.shipping

    @property
    def alcohol(self) -> list[Item]:
        """What may not be paid at the door (Law 44/2019/QH14, art. 16)."""
        return [item for item in self.items if item.is_alcohol]

    @property
    def sells_alcohol(self) -> bool:
        """Whether this shop can be paid in a way that the law asks for."""
        return prepaid.at_all()

    @property
    def problems(self) -> list[Item]:
        return [item for item in self.items if item.problem]

    @property
    def refused(self) -> list[Group]:
        """Producers who cannot send to the destination."""
        return [group for group in self.groups if group.quote and group.quote.refusal]

    @property
    def below_minimum(self) -> list[Group]:
        """Producers whose minimum order is not reached."""
        return [group for group in self.groups if group.missing]

    @property
    def needs_place(self) -> bool:
        """Whether anything is to be sent; what is fetched needs no address."""
        return any(group.way == Way.DELIVERY for group in self.groups)

    @property
    def view(self) -> Seen:
        """What the page shows of prices and charges, to be compared with later."""
        lines = [
            SeenLine(item.line.stockrecord_id, item.line.quantity, int(item.price)) for item in self.items
        ]
        parts = [
            SeenPart(group.producer.pk, group.way.value, None if group.charge is None else int(group.charge))
            for group in self.groups
        ]
        return Seen(tuple(lines), tuple(parts))

    @property
    def seen(self) -> str:
        """What a buyer who saw this agrees to; empty while the total is unknown."""
        return self.view.digest

    @property
    def token(self) -> str:
        """The view, signed, for the form."""
        return sign(self.view)


def summarise(
    *, basket: Basket, destination: Destination | None, day: date, ways: Mapping[int, Way] | None = None
) -> Summary:
    """Group the lines of a basket (with strategy and offers applied) by producer, in order of their names.

    `ways` are the buyer's choices by producer's key; what is not on offer, or not chosen, is sent.
    """
    lines = sorted(basket.all_lines(), key=_by_producer)
    table = tariffs() if lines and destination else {}
    groups = []
    for key, mine in groupby(lines, key=lambda line: line.stockrecord.partner_id):
        items = [_item(line) for line in mine]
        terms = terms_of(items[0].line.stockrecord.partner.producer)
        groups.append(_group(terms, items, (ways or {}).get(key), _Towards(destination, day, table)))
    return Summary(groups, destination)


@dataclass(frozen=True)
class _Towards:
    """Where to, when, and at what charges."""

    destination: Destination | None
    day: date
    table: Mapping[str, Tariff]


def _group(terms: ProducerTerms, items: list[Item], chosen: Way | None, towards: _Towards) -> Group:
    parcel = _parcel(items)
    only_there = parcel.reach == Reach.PICKUP
    fetched = terms.offers_pickup and (only_there or chosen == Way.PICKUP)
    way = Way.PICKUP if fetched else Way.DELIVERY
    delivery = _delivery(terms, parcel, towards)
    found = quote_pickup(terms=terms, day=towards.day) if fetched else delivery
    return Group(terms, items, parcel, way, delivery, found)


def _delivery(terms: ProducerTerms, parcel: Parcel, towards: _Towards) -> Quote | None:
    if towards.destination is None:
        refusal = refusal_of(terms=terms, reach=parcel.reach, destination=None)
        return Quote(None, refusal=refusal) if refusal else None
    return quote(
        terms=terms, destination=towards.destination, parcel=parcel, day=towards.day, table=towards.table
    )


def _by_producer(line: Line) -> tuple[str, int, int]:
    partner = line.stockrecord.partner
    return partner.name.casefold(), partner.pk, line.pk


def _item(line: Line) -> Item:
    availability = line.purchase_info.availability
    permitted, reason = availability.is_purchase_permitted(line.quantity)
    price = line.line_price_incl_tax_incl_discounts if line.purchase_info.price.exists else Decimal(0)
    return Item(
        line,
        Decimal(price).quantize(Decimal(1)),
        "" if permitted else reason,
        availability.num_available,
        reach_of(line.product),
    )


def _parcel(items: Iterable[Item]) -> Parcel:
    items = list(items)
    return Parcel(
        weight_g=sum(weight_of(item.line.product) * item.line.quantity for item in items),
        goods=sum((item.price for item in items), Decimal(0)),
        volume_cm3=sum(volume_of(item.line.product) * item.line.quantity for item in items),
        reach=nearest([item.reach for item in items]),
    )
