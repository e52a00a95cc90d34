"""The list as its owner sees it today: what can be bought, what is out, what is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.cards import Card, cards
from catalogue.models import Product, Sale
from marketplace import prepaid

from .models import Line


@dataclass(frozen=True)
class Wish:
    """A line of the page. `card` is None when the product is gone, or not for this visitor's age (`hidden`)."""

    line: Line
    card: Card | None
    hidden: bool = False
    sized: bool = False

    @property
    def can_buy(self) -> bool:
        """Whether a button can put it into the basket: a size has to be chosen, and alcohol can be ordered where
        it can be paid without cash."""
        card = self.card
        return bool(
            card
            and card.sale == Sale.ON_SALE
            and card.in_stock
            and (prepaid.at_all() or not card.adult)
            and not self.sized
        )


def lines_of(user_id: int) -> Any:
    """A person's wishes, the latest first."""
    return Line.objects.filter(wishlist__owner_id=user_id).select_related("product")


def wishes(lines: Sequence[Line], *, day: date, adult: bool) -> list[Wish]:
    """The lines as they are drawn, in two queries: price, stock and star as of `day`."""
    drawn = {card.pk: card for card in cards([line.product_id for line in lines if line.product_id], day=day)}
    return [_wish(line, drawn.get(line.product_id), adult=adult) for line in lines]


def _wish(line: Line, card: Card | None, *, adult: bool) -> Wish:
    if card is None:
        return Wish(line, None)
    if card.adult and not adult:
        return Wish(line, None, hidden=True)
    return Wish(line, card, sized=line.product.structure == Product.PARENT)
