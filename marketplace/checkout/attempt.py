"""Turns a valid form into an attempt to place an order."""

from marketplace import clock
from marketplace.accounts.consents import ORDER_TERMS
from marketplace.accounts.origin import ip_of
from marketplace.basket.requests import BuyerRequest
from marketplace.basket.seen import Seen
from marketplace.order.placement import Attempt, Recipient, Terms
from marketplace.shipping.models import Way

from .forms import CheckoutForm
from .parts import GIFT, NOTE, WAY, said
from .paying import paying


def attempt_of(form: CheckoutForm, *, request: BuyerRequest, seen: Seen, language: str) -> Attempt:
    """The attempt that a valid form makes."""
    user = request.user
    data = form.cleaned_data
    place = form.destination
    recipient = Recipient(
        name=data["ho_ten"],
        phone=data["dien_thoai"],
        destination=place,
        street=data["duong"] if place else "",
        email=data["email"],
        former_address=data["dia_chi_cu"] if place else "",
        note=data["loi_nhan"],
    )
    return Attempt(
        basket_id=request.basket.pk,
        recipient=recipient,
        terms=Terms(
            ORDER_TERMS.version,
            marketing=data["nhan_tin"],
            adult=data.get("du_tuoi", False),
            ip=ip_of(request),
        ),
        payment=paying(data["thanh_toan"], moment=clock.now()),
        seen=seen.digest,
        language=language,
        user=user if user.is_authenticated else None,
        ways=said(data, WAY, Way),
        notes=said(data, NOTE),
        gifts=said(data, GIFT),
        invoice=form.invoice(),
    )
