"""Somebody asks to be told when a product is in stock again, confirms that, and takes it back."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.models import Product, Sale
from marketplace import clock
from marketplace.partner.models import StockRecord
from marketplace.partner.stock import PROMISED

from .links import CONFIRM
from .messages import ask_to_confirm
from .models import OPEN, ProductAlert

MOST_OPEN = 50
CONFIRM_WITHIN = timedelta(days=7)


class CannotWait(ValueError):
    """There is nothing to wait for, or too much is waited for already; the text says which."""


class BadLink(ValueError):
    """The link of a message is broken, or too old; the text says so."""


def find_awaited(pk: int) -> Any:
    """The bought product with this key that can be waited for: on sale, without alcohol, sold out. Else None."""
    listed = Q(parent=None, sale=Sale.ON_SALE, structure=Product.STANDALONE)
    child = Q(parent__is_public=True, parent__sale=Sale.ON_SALE)
    rows = Product.objects.filter(listed | child, pk=pk, is_public=True, stockrecords__price__isnull=False)
    product = rows.select_related("parent").first()
    return None if product is None or product.is_alcohol or pieces_of([pk]).get(pk) else product


def pieces_of(products: Any) -> dict[int, int]:
    """By product, how many pieces can be bought now; those without any are left out."""
    left = StockRecord.objects.filter(product__in=products, price__isnull=False, num_in_stock__gt=PROMISED)
    found: dict[int, int] = {}
    for product, stock, promised in left.order_by().values_list(
        "product_id", "num_in_stock", "num_allocated"
    ):
        found[product] = found.get(product, 0) + stock - (promised or 0)
    return found


@transaction.atomic
def wait_as_account(*, product: Product, user: Any, language: str) -> None:
    """Tell the account when the product (from `find_awaited`) is back; asked twice, told once. Raises CannotWait."""
    own = ProductAlert.objects.filter(user=user, status__in=OPEN)
    if own.count() >= MOST_OPEN:
        raise CannotWait(
            _("Bạn đang chờ %(most)d món rồi. Bạn bỏ bớt một món rồi thử lại nhé.") % {"most": MOST_OPEN}
        )
    moment = clock.now()
    _add(product=product, user=user, status=ProductAlert.ACTIVE, date_confirmed=moment, language=language)


@transaction.atomic
def wait_as_guest(*, product: Product, email: str, language: str) -> None:
    """Ask the owner of an address to confirm, at most once a day; nothing else is sent until then.

    Says nothing about whether the address waits already, here or anywhere.
    """
    address = email.strip().lower()
    if ProductAlert.objects.filter(email=address, status__in=OPEN).count() >= MOST_OPEN:
        return
    _add(product=product, email=address, status=ProductAlert.UNCONFIRMED, language=language)
    alert = ProductAlert.objects.filter(
        product=product, email=address, status=ProductAlert.UNCONFIRMED
    ).first()
    if alert:
        ask_to_confirm(alert, day=clock.today())


def _add(**values: Any) -> None:
    try:
        with transaction.atomic():
            ProductAlert.objects.create(**values)
    except IntegrityError:
        return  # the same person waits for it already


def alert_of(token: str, *, purpose: str) -> ProductAlert:
    """The alert that a signed link of a message is about; raises BadLink."""
    age = CONFIRM_WITHIN if purpose == CONFIRM else None
    try:
        key = signing.loads(token, salt=purpose, max_age=age)
    except signing.BadSignature as error:
        raise BadLink(_("Liên kết này không đúng hoặc đã quá hạn.")) from error
    rows = ProductAlert.objects.select_related("product__parent")
    alert: ProductAlert | None = rows.filter(pk=key).first()
    if alert is None:
        raise BadLink(_("Liên kết này không đúng hoặc đã quá hạn."))
    return alert


def confirm(*, alert: ProductAlert, moment: datetime) -> bool:
    """Begin to wait; False when it was begun, ended or taken back before."""
    waiting = ProductAlert.objects.filter(pk=alert.pk, status=ProductAlert.UNCONFIRMED)
    return bool(waiting.update(status=ProductAlert.ACTIVE, date_confirmed=moment))


def cancel(*, alert: ProductAlert, moment: datetime) -> bool:
    """Wait no longer, and forget a guest's address; False when it had ended before."""
    open_one = ProductAlert.objects.filter(pk=alert.pk, status__in=OPEN)
    return bool(open_one.update(status=ProductAlert.CANCELLED, date_cancelled=moment, email=""))
