"""Changes an address book. Every change names the person whose book it is: nobody reaches another's rows.

The person's row is held while a book changes, so that two windows neither pass the limit nor leave two defaults.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from producers.models import Commune

from .models import UserAddress

MOST = 20


@dataclass(frozen=True)
class Written:
    """An address as it is to be kept. `phone` is E.164; the province is the commune's."""

    name: str
    phone: str
    street: str
    commune: Commune
    former_address: str = ""


class BookFull(ValueError):
    """The book holds MOST addresses; the text says so, in the person's language."""


class AddressGone(LookupError):
    """The person has no such address: removed in another window, or somebody else's."""


class AlreadyThere(ValueError):
    """The book has this address already; the text says so."""


def book_of(user_id: int) -> QuerySet[UserAddress]:
    """A person's addresses with their places, the default first."""
    found: QuerySet[UserAddress] = UserAddress.objects.filter(user_id=user_id)
    return found.select_related("province__region", "commune__province")


def find(*, user_id: int, address_id: int) -> UserAddress:
    """One of the person's own addresses. Raises AddressGone."""
    address = book_of(user_id).filter(pk=address_id).first()
    if address is None:
        raise AddressGone(str(address_id))
    return address


@contextmanager
def _held(user_id: int) -> Iterator[None]:
    with transaction.atomic():
        get_user_model().objects.select_for_update(of=("self",)).get(pk=user_id)
        yield


def add(*, user_id: int, written: Written, default: bool = False) -> UserAddress:
    """Put an address into the book; the first one is the default. Raises BookFull, AlreadyThere."""
    with _held(user_id):
        number = UserAddress.objects.filter(user_id=user_id).count()
        if number >= MOST:
            words = _("Sổ địa chỉ chứa nhiều nhất %(most)d địa chỉ. Bạn xóa bớt rồi thêm nhé.")
            raise BookFull(words % {"most": MOST})
        address = UserAddress(user_id=user_id, is_default_for_shipping=default or number == 0)
        return _write(address, written)


def change(*, user_id: int, address_id: int, written: Written, default: bool = False) -> UserAddress:
    """Write an address anew; a default stays one. Raises AddressGone, AlreadyThere."""
    with _held(user_id):
        address = find(user_id=user_id, address_id=address_id)
        address.is_default_for_shipping |= default
        return _write(address, written)


def make_default(*, user_id: int, address_id: int) -> None:
    """Let an address be offered first. Raises AddressGone."""
    with _held(user_id):
        find(user_id=user_id, address_id=address_id)
        UserAddress.objects.filter(user_id=user_id).update(is_default_for_shipping=False)
        UserAddress.objects.filter(pk=address_id).update(is_default_for_shipping=True)


def remove(*, user_id: int, address_id: int) -> None:
    """Take an address out; of the others the most used becomes the default. Raises AddressGone."""
    with _held(user_id):
        address = find(user_id=user_id, address_id=address_id)
        was_default = address.is_default_for_shipping
        address.delete()
        following = UserAddress.objects.filter(user_id=user_id).order_by(
            "-num_orders_as_shipping_address", "-id"
        )
        heir = following.first() if was_default else None
        if heir is not None:
            UserAddress.objects.filter(pk=heir.pk).update(is_default_for_shipping=True)


def used(*, user_id: int, address_id: int) -> None:
    """Count an order sent there, so that the most used stand first."""
    mine = UserAddress.objects.filter(user_id=user_id, pk=address_id)
    mine.update(num_orders_as_shipping_address=F("num_orders_as_shipping_address") + 1)


def _write(address: UserAddress, written: Written) -> UserAddress:
    address.first_name = written.name
    address.phone_number = written.phone
    address.line1 = written.street
    address.commune = written.commune
    address.province = written.commune.province
    address.line4 = written.commune.province.display_name
    address.former_address = written.former_address
    same = UserAddress.objects.filter(user_id=address.user_id, hash=address.generate_hash()).exclude(
        pk=address.pk
    )
    if same.exists():
        raise AlreadyThere(_("Địa chỉ này đã có trong sổ của bạn."))
    address.save()
    return address
