"""VietQR codes as pages show them."""

from decimal import Decimal
from typing import Any

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from . import vietqr
from .methods import account
from .models import Payment
from .signals import transfer_is_shown


def still_asked(payment: Payment) -> Decimal:
    """What an open transfer has yet to bring, in whole đồng: without what came, was too little, and is not taken."""
    told: list[tuple[Any, Any]] = transfer_is_shown.send(sender=Payment, payment=payment)
    came = sum((one for _receiver, one in told), Decimal(0))
    return max(payment.amount - came, Decimal(0))


def transfer_code(payment: Payment, amount: Decimal) -> SafeString:
    """The code that asks for `amount` whole đồng of an open transfer, to the shop's account."""
    to = account()
    assert to is not None
    return drawn(
        vietqr.payload(bank=to.bin, account=to.number, amount=int(amount), purpose=payment.reference or "")
    )


def drawn(text: str) -> SafeString:
    """The code as SVG, as a part of the page: nothing of it is anybody's input but the shop's own."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    svg: SafeString = mark_safe(image.to_string(encoding="unicode"))  # noqa: S308  drawn by qrcode, paths only
    return svg
