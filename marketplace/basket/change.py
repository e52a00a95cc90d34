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

MOST = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD


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
        left = availability.num_available
        possible = min(quantity, left - had, MOST - basket.num_items)
        if possible < 1:
            raise CannotBuy(_full(left, had))
        line, _created = basket.add_product(product, possible)
    if possible < quantity:
        return Outcome(_added_fewer(quantity, possible, left=left, had=had), line, adjusted=True)
    return Outcome(_("Đã thêm %(title)s vào giỏ hàng.") % {"title": product.listed.title}, line)


def set_quantity(*, basket: Basket, line: Line, quantity: int) -> Outcome:
    """Make a line hold so many pieces, or as many as there are; none removes it."""
    if quantity < 1:
        return remove(basket=basket, line=line)
    left = line.purchase_info.availability.num_available
    possible = min(quantity, left, MOST - (basket.num_items - line.quantity))
    if possible < 1:
        reason = line.purchase_info.availability.is_purchase_permitted(1)[1]
        return Outcome(reason or _full(left, 0), line, adjusted=True)
    _write(basket, line, possible)
    if possible < quantity:
        return Outcome(_set_to_fewer(quantity, possible, left=left), line, adjusted=True)
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


def _added_fewer(wanted: int, possible: int, *, left: int, had: int) -> str:
    if possible < left - had:
        words = _(
            "Bạn chọn %(wanted)d, chúng tôi chỉ thêm được %(possible)d vì mỗi giỏ chứa nhiều nhất %(most)d sản phẩm."
        )
    elif had:
        words = _(
            "Bạn chọn %(wanted)d, chúng tôi chỉ thêm được %(possible)d vì kho chỉ còn %(left)d, giỏ của bạn đã có %(had)d."
        )
    else:
        words = _("Bạn chọn %(wanted)d, chúng tôi chỉ thêm được %(possible)d vì kho chỉ còn %(left)d.")
    return words % {"wanted": wanted, "possible": possible, "left": left, "had": had, "most": MOST}


def _set_to_fewer(wanted: int, possible: int, *, left: int) -> str:
    if possible < left:
        words = _(
            "Bạn chọn %(wanted)d, mỗi giỏ chứa nhiều nhất %(most)d sản phẩm nên chúng tôi để %(possible)d."
        )
    else:
        words = _("Bạn chọn %(wanted)d, kho chỉ còn %(left)d nên chúng tôi đã chỉnh lại giúp bạn.")
    return words % {"wanted": wanted, "possible": possible, "left": left, "most": MOST}


def _full(left: int, had: int) -> str:
    if had >= left:
        words: dict[str, Any] = {"left": left}
        return _("Giỏ của bạn đã có %(left)d, là tất cả những gì kho còn.") % words
    return _("Giỏ hàng đã đầy. Bạn đặt đơn này trước rồi mua tiếp nhé.")
