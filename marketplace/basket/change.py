"""Changes a basket: adds, sets a quantity, removes. Each says what came of it, in the buyer's language.

A page may have found the basket open that an order takes a moment later. So each change holds the basket's row, which
an order needs too, and raises Ordered when the order was first: nothing is written into an ordered basket.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import Product

from .models import Basket, Line


@dataclass(frozen=True)
class Outcome:
    """What happened. `adjusted`: other than asked for; `line`: the line it is about, if it is still there."""

    text: str
    line: Line | None = None
    adjusted: bool = False


class CannotBuy(ValueError):
    """The product cannot be put into a basket; the text says why, in the buyer's language."""


class Ordered(ValueError):
    """The basket has become an order in the meantime; the text says so, in the buyer's language."""


@contextmanager
def _held(basket: Basket) -> Iterator[None]:
    """Nobody orders the basket while it is changed."""
    with transaction.atomic():
        if basket.pk and not Basket.open.select_for_update().filter(pk=basket.pk).first():
            raise Ordered(_("Giỏ hàng này vừa được đặt ở một cửa sổ khác nên không đổi được nữa."))
        yield


def add(*, basket: Basket, product: Product, quantity: int) -> Outcome:
    """Put pieces of a bought product (child or stand-alone) into a basket, as many as there are.

    Raises CannotBuy when there is none to buy, or when the buyer has to choose a size first.
    """
    if product.is_parent:
        raise CannotBuy(_("Bạn chọn quy cách trước khi thêm vào giỏ nhé."))
    availability = basket.strategy.fetch_for_product(product).availability
    permitted, reason = availability.is_purchase_permitted(1)
    if not permitted:
        raise CannotBuy(reason)
    with _held(basket):
        had = basket.product_quantity(product)
        room = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD - basket.num_items
        possible = min(quantity, availability.num_available - had, room)
        if possible < 1:
            raise CannotBuy(_full(availability.num_available, had))
        line, _created = basket.add_product(product, possible)
    title = product.listed.title
    if possible < quantity:
        words = _("Bạn chọn %(wanted)d, chúng tôi chỉ thêm được %(possible)d vì kho chỉ còn chừng đó.")
        return Outcome(words % {"wanted": quantity, "possible": possible}, line, adjusted=True)
    return Outcome(_("Đã thêm %(title)s vào giỏ hàng.") % {"title": title}, line)


def set_quantity(*, basket: Basket, line: Line, quantity: int) -> Outcome:
    """Make a line hold so many pieces, or as many as there are; none removes it."""
    if quantity < 1:
        return remove(basket=basket, line=line)
    left = line.purchase_info.availability.num_available
    others = basket.num_items - line.quantity
    possible = min(quantity, left, settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD - others)
    if possible < 1:
        return Outcome(
            line.purchase_info.availability.is_purchase_permitted(quantity)[1], line, adjusted=True
        )
    _write(basket, line, possible)
    if possible < quantity:
        words = _("Bạn chọn %(wanted)d, kho chỉ còn %(left)d nên chúng tôi đã chỉnh lại giúp bạn.")
        return Outcome(words % {"wanted": quantity, "left": possible}, line, adjusted=True)
    return Outcome(_("Đã cập nhật số lượng."), line)


def remove(*, basket: Basket, line: Line) -> Outcome:
    """Take a line out of the basket."""
    with _held(basket):
        Line.objects.filter(pk=line.pk).delete()
    basket.reset_offer_applications()
    return Outcome(_("Đã bỏ %(title)s khỏi giỏ hàng.") % {"title": line.product.listed.title})


def _write(basket: Basket, line: Line, quantity: int) -> None:
    with _held(basket):
        Line.objects.filter(pk=line.pk).update(quantity=quantity)
    basket.reset_offer_applications()


def _full(left: int, had: int) -> str:
    if had >= left:
        words: dict[str, Any] = {"left": left}
        return _("Giỏ của bạn đã có %(left)d, là tất cả những gì kho còn.") % words
    return _("Giỏ hàng đã đầy. Bạn đặt đơn này trước rồi mua tiếp nhé.")
