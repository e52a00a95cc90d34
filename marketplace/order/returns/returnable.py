"""What of a consignment can be returned, for which reason, until when, and what it would bring."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from catalogue.models import CategoryFlag
from marketplace.order.models import Consignment, Line, ParcelItem, ParcelState, ReturnItem, ReturnRequest

from .rules import FAULTS, RULES, Reason
from .states import ENDS, IN_VAIN

PERISHABLE = frozenset({CategoryFlag.FRESH, CategoryFlag.LIVE})


@dataclass
class Delivery:
    """So many pieces came then; `left` of them are neither returned nor asked for."""

    at: datetime
    pieces: int
    left: int


@dataclass
class Returnable:
    """A line of which something was delivered.

    `amount` is the price of all delivered pieces in đồng. `taken` pieces are asked for or returned already, for
    `taken_amount`; `waiting` is the request that is still open for the line.
    """

    line: Line
    perishable: bool
    deliveries: list[Delivery] = field(default_factory=list)
    amount: Decimal = Decimal(0)
    taken: int = 0
    taken_amount: Decimal = Decimal(0)
    waiting: ReturnRequest | None = None

    @property
    def delivered(self) -> int:
        return sum(one.pieces for one in self.deliveries)

    @property
    def left(self) -> int:
        """Pieces that are neither returned nor asked for, whatever their age."""
        return sum(one.left for one in self.deliveries)

    def pieces(self, *, reason: Reason, moment: datetime) -> int:
        """How many may be asked for now for this reason."""
        rule = RULES[reason]
        if self.waiting or (rule.keeps and self.perishable):
            return 0
        return sum(one.left for one in self.deliveries if moment <= one.at + rule.window)

    def most(self, *, moment: datetime) -> int:
        """How many may be asked for now for the reason with the most time."""
        return max(self.pieces(reason=reason, moment=moment) for reason in Reason)

    def take(self, pieces: int, *, reason: Reason, asked_at: datetime) -> None:
        """Pieces were asked for then: the oldest that could be, as nobody can tell them apart."""
        window = RULES[reason].window
        for one in sorted(self.deliveries, key=lambda one: (asked_at > one.at + window, one.at)):
            number = min(pieces, one.left)
            one.left -= number
            pieces -= number

    def worth(self, pieces: int) -> Decimal:
        """The share of the price, in whole đồng: rounded so that all pieces, returned bit by bit, bring all of it."""
        until_now = self.amount * (self.taken + pieces) // self.delivered
        return max(until_now - self.taken_amount, Decimal(0))


def returnables(consignment: Consignment) -> list[Returnable]:
    """By line, in the order of their keys; lines of which nothing was delivered are left out."""
    found: dict[int, Returnable] = {}
    items = ParcelItem.objects.filter(parcel__consignment=consignment, parcel__state=ParcelState.DELIVERED)
    for item in items.select_related("parcel", "line__product__parent").order_by("line", "parcel"):
        line = item.line
        assert isinstance(line, Line)
        one = found.setdefault(line.pk, Returnable(line, perishable=_perishes(line)))
        one.deliveries.append(Delivery(item.parcel.state_since, item.quantity, item.quantity))
        one.amount += item.amount
    _count_requests(consignment, found)
    _count_refunded(found)
    return list(found.values())


def shipping_share(consignment: Consignment, goods: Decimal) -> Decimal:
    """What of the shipping goes back with goods of this worth that somebody is to blame for, in whole đồng.

    It follows the goods: half of them, half of it. Returned bit by bit, all goods bring all of it.
    """
    owed_goods = consignment.owed - consignment.shipping_charge
    if owed_goods <= 0:
        return Decimal(0)
    earlier = ReturnRequest.objects.filter(consignment=consignment, reason__in=FAULTS).exclude(
        state__in=IN_VAIN
    )
    sums = earlier.aggregate(goods=Sum("goods_amount"), shipping=Sum("shipping_amount"))
    until_now = consignment.shipping_charge * ((sums["goods"] or 0) + goods) // owed_goods
    left = consignment.shipping_charge - consignment.shipping_refunded - (sums["shipping"] or 0)
    return max(min(until_now - (sums["shipping"] or 0), left), Decimal(0))


def _count_requests(consignment: Consignment, found: dict[int, Returnable]) -> None:
    asked = ReturnItem.objects.filter(request__consignment=consignment).exclude(request__state__in=IN_VAIN)
    for item in asked.select_related("request").order_by("request__requested_at", "pk"):
        one = found.get(item.line_id)
        if one is None:
            continue
        one.taken += item.quantity
        one.taken_amount += item.amount
        one.take(item.quantity, reason=Reason(item.request.reason), asked_at=item.request.requested_at)
        if item.request.state not in ENDS:
            one.waiting = item.request


def _count_refunded(found: dict[int, Returnable]) -> None:
    """Pieces that staff gave money back for, without wanting them: the oldest, as nobody can tell them apart."""
    for one in found.values():
        pieces = one.line.refunded_pieces
        one.taken += pieces
        one.taken_amount += one.line.refunded_total
        for delivery in sorted(one.deliveries, key=lambda delivery: delivery.at):
            number = min(pieces, delivery.left)
            delivery.left -= number
            pieces -= number


def _perishes(line: Line) -> bool:
    """A product that is gone cannot say so, and counts as one that keeps."""
    ocop_set = line.product.ocop_set if line.product else None
    return ocop_set is not None and not PERISHABLE.isdisjoint(ocop_set.flags)
