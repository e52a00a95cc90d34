"""Turns a valid form into an attempt to place an order."""

from typing import Any

from marketplace.order.models import PaymentState
from marketplace.order.placement import Attempt, Payment, Recipient, Terms

from . import terms
from .forms import CheckoutForm


def attempt_of(form: CheckoutForm, *, basket_id: int, language: str, user: Any) -> Attempt:
    """Cash on delivery is the one way to pay as yet."""
    data = form.cleaned_data
    assert form.destination is not None
    recipient = Recipient(
        name=data["ho_ten"],
        phone=data["dien_thoai"],
        destination=form.destination,
        street=data["duong"],
        email=data["email"],
        former_address=data["dia_chi_cu"],
        note=data["loi_nhan"],
    )
    return Attempt(
        basket_id=basket_id,
        recipient=recipient,
        terms=Terms(terms.VERSION, marketing=data["nhan_tin"]),
        payment=Payment(PaymentState.CASH_DUE),
        seen=data["da_xem"],
        language=language,
        user=user if user.is_authenticated else None,
    )
