"""A basket as the buyer sees it: by producer, with charges and days. Basket, checkout and order all read this.

Amounts are whole đồng, VAT included, after offers.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from marketplace.shipping.goods import is_live, weight_of
from marketplace.shipping.quotes import Destination, Parcel, Quote, quote, tariffs
from producers.models import Producer

from .models import Basket, Line


@dataclass(frozen=True)
class Item:
    """One line. `problem` says why it cannot be ordered as it is; `left` is how many could be."""

    line: Line
    price: Decimal
    problem: str
    left: int

    @property
    def title(self) -> str:
        return str(self.line.product.listed.title)

    @property
    def size(self) -> str:
        """A size's own name, or the net quantity."""
        product = self.line.product
        return str(product.net_quantity or (product.title if product.is_child else ""))


@dataclass(frozen=True)
class Group:
    """What one producer sends: one consignment of the order. Without a destination there is no quote."""

    producer: Producer
    items: list[Item]
    parcel: Parcel
    quote: Quote | None

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
        return [item for item in self.items if item.line.product.is_alcohol]

    @property
    def problems(self) -> list[Item]:
        return [item for item in self.items if item.problem]

    @property
    def refused(self) -> list[Group]:
        """Producers who cannot send to the destination."""
        return [group for group in self.groups if group.quote and group.quote.refusal]

    @property
    def seen(self) -> str:
        """What a buyer who saw this has agreed to: every line with its price, every charge, the total.

        Empty while the total is unknown, so that nothing can be agreed to.
        """
        if self.total is None:
            return ""
        lines = [f"{item.line.stockrecord_id}:{item.line.quantity}:{item.price:.0f}" for item in self.items]
        charges = [f"{group.producer.pk}:{group.charge:.0f}" for group in self.groups]
        digest = hashlib.sha256("|".join([*lines, *charges]).encode()).hexdigest()[:16]
        return f"{self.total:.0f}-{digest}"


def summarise(*, basket: Basket, destination: Destination | None, day: date) -> Summary:
    """Group the lines of a basket (with strategy and offers applied) by producer, in order of their names."""
    lines = sorted(basket.all_lines(), key=_by_producer)
    table = tariffs() if lines and destination else {}
    groups = []
    for _key, mine in groupby(lines, key=lambda line: line.stockrecord.partner_id):
        items = [_item(line) for line in mine]
        producer = items[0].line.stockrecord.partner.producer
        parcel = _parcel(items)
        found = None
        if destination is not None:
            found = quote(origin=producer, destination=destination, parcel=parcel, day=day, table=table)
        groups.append(Group(producer, items, parcel, found))
    return Summary(groups, destination)


def _by_producer(line: Line) -> tuple[str, int, int]:
    partner = line.stockrecord.partner
    return partner.name.casefold(), partner.pk, line.pk


def _item(line: Line) -> Item:
    availability = line.purchase_info.availability
    permitted, reason = availability.is_purchase_permitted(line.quantity)
    price = line.line_price_incl_tax_incl_discounts if line.purchase_info.price.exists else Decimal(0)
    return Item(
        line, Decimal(price).quantize(Decimal(1)), "" if permitted else reason, availability.num_available
    )


def _parcel(items: Iterable[Item]) -> Parcel:
    items = list(items)
    return Parcel(
        weight_g=sum(weight_of(item.line.product) * item.line.quantity for item in items),
        goods=sum((item.price for item in items), Decimal(0)),
        live=any(is_live(item.line.product) for item in items),
    )
