"""Wishes: put down, taken back, and those of a visitor who has yet to sign in."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalogue.models import Product

from .models import Line, WishList

MOST = 200
PROMISED = "uoc"
MEMO = "_wished"


class CannotWish(ValueError):
    """The product cannot be wished for: not listed, for adults, or one too many. The text says why."""


@transaction.atomic
def wish(*, user_id: int, product_id: int, adult: bool) -> None:
    """Put a listed product on a person's list; once is enough, again changes nothing. Raises CannotWish.

    The person's row is held, so that two windows neither make two lists nor pass the limit.
    """
    product = wishable(product_id=product_id, adult=adult)
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user_id)
    mine, _made = WishList.objects.get_or_create(owner_id=user_id)
    others = mine.lines.exclude(product=product)
    if others.count() >= MOST:
        words = _("Danh sách yêu thích chứa nhiều nhất %(most)d sản phẩm. Bạn bỏ bớt rồi thêm nhé.")
        raise CannotWish(words % {"most": MOST})
    mine.lines.get_or_create(product=product, defaults={"title": product.title})


def wishable(*, product_id: int, adult: bool) -> Product:
    """The product, if it may be wished for by this visitor. Raises CannotWish."""
    product: Product | None = Product.objects.listed().filter(pk=product_id).first()
    if product is None:
        raise CannotWish(_("Chúng tôi không tìm thấy sản phẩm này."))
    if product.is_alcohol and not adult:
        raise CannotWish(_("Sản phẩm này chỉ dành cho người từ 18 tuổi."))
    return product


def title_of(product_id: int) -> str:
    """What the product is called, to say which heart it is; empty when it is gone."""
    return str(Product.objects.filter(pk=product_id).values_list("title", flat=True).first() or "")


def unwish(*, user_id: int, product_id: int) -> None:
    """Take a product off a person's list; one that is not on it changes nothing."""
    Line.objects.filter(wishlist__owner_id=user_id, product_id=product_id).delete()


def forget(*, user_id: int, line_id: int) -> None:
    """Take a line off a person's list, also one whose product is gone; another's line stays."""
    Line.objects.filter(wishlist__owner_id=user_id, pk=line_id).delete()


def wished_by(request: HttpRequest) -> frozenset[int]:
    """Keys of what whoever is signed in wishes for: one query a request, none for guests."""
    found: frozenset[int] | None = getattr(request, MEMO, None)
    if found is None:
        person = getattr(request, "user", None)
        found = _keys(person.pk) if person is not None and person.is_authenticated else frozenset()
        setattr(request, MEMO, found)
    return found


def _keys(user_id: int) -> frozenset[int]:
    mine = Line.objects.filter(wishlist__owner_id=user_id, product__isnull=False).order_by()
    return frozenset(mine.values_list("product_id", flat=True))


def promise(request: HttpRequest, *, product: Product) -> None:
    """Keep a guest's wish until they have signed in."""
    request.session[PROMISED] = product.pk


def fulfil(request: HttpRequest, *, user_id: int) -> None:
    """Put down what was promised before signing in; what has gone meanwhile is let go."""
    product_id = request.session.pop(PROMISED, None)
    if product_id is None:
        return
    try:
        wish(user_id=user_id, product_id=product_id, adult=bool(getattr(request, "is_adult", False)))
    except CannotWish:
        return
