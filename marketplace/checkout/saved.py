"""The buyer's address book at the checkout: an address picked there stands for what would be typed.

`dia_chi` of the form holds the key of an address, or NEW. Whatever reads what was sent reads `answers`.
"""

from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from marketplace import clock
from marketplace.address import book
from marketplace.address.forms import initial_of
from marketplace.address.models import UserAddress
from marketplace.basket.requests import BuyerRequest
from producers.communes import CommuneError, find_commune
from producers.models import Commune, Province

from .forms import GONE, NEW, CheckoutForm

MEMO = "_saved_addresses"


def addresses_of(request: BuyerRequest) -> list[UserAddress]:
    """The buyer's book, the default first; one query a request, none for guests."""
    found: list[UserAddress] | None = getattr(request, MEMO, None)
    if found is None:
        user_id = request.user.pk
        found = [] if user_id is None else list(book.book_of(user_id))
        setattr(request, MEMO, found)
    return found


def first_choice(request: BuyerRequest) -> UserAddress | None:
    """The address that the page begins with: the first whose commune still exists."""
    return next((address for address in addresses_of(request) if not address.has_ended), None)


def answers(request: BuyerRequest) -> QueryDict:
    """What was sent, with the picked address, or the commune chosen among those proposed, written into it."""
    data = (request.POST if request.method == "POST" else request.GET).copy()
    picked = data.get("dia_chi", "")
    if picked and picked != NEW:
        address = _own(request, picked)
        _write(data, initial_of(address) if address else {"dia_chi": GONE})
    elif data.get("de_nghi"):
        _write(data, _proposed(data))
    return data


def _own(request: BuyerRequest, picked: str) -> UserAddress | None:
    return next((address for address in addresses_of(request) if str(address.pk) == picked), None)


def _proposed(data: QueryDict) -> dict[str, str]:
    """Nothing where what is typed exists: that counts more than a choice left behind."""
    province = Province.objects.filter(slug=data.get("tinh", "")[:64]).first()
    typed = data.get("xa", "")[:96]
    try:
        if province and typed:
            find_commune(province=province, text=typed)
            return {}
    except CommuneError:
        pass
    known = Commune.objects.on(clock.today()).select_related("province")
    commune = known.filter(code=data["de_nghi"][:5]).first()
    if commune is None:
        return {}
    former = data.get("dia_chi_cu") or typed
    return {"tinh": commune.province.slug, "xa": commune.full_name, "dia_chi_cu": former, "de_nghi": ""}


def _write(data: MultiValueDict[str, Any], values: dict[str, Any]) -> None:
    for name, value in values.items():
        data[name] = value


def keep(request: BuyerRequest, form: CheckoutForm) -> None:
    """After an order: count where it went, or put the new address into the book if that was wanted.

    A full book, or one that has the address, keeps nobody from having ordered.
    """
    user_id = request.user.pk
    picked = form.cleaned_data["dia_chi"]
    if user_id is None or form.destination is None:
        return
    if picked.isdecimal():
        book.used(user_id=user_id, address_id=int(picked))
    elif form.cleaned_data["luu_dia_chi"]:
        try:
            book.add(user_id=user_id, written=form.written())
        except (book.BookFull, book.AlreadyThere):
            return
