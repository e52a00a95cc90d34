"""Where an order is paid, for whoever has its link."""

from typing import Any

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect
from qrcode.image.svg import SvgPathImage

from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.order.views import secret

from . import vietqr
from .methods import account, offered
from .models import Method, Payment
from .opening import CannotPay, open_payment


@secret
@require_safe
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The code to scan and what to transfer; asked again by htmx until the money has come, then the order's page."""
    order = get_object_or_404(Order, token=token)
    if order.payment_state != PaymentState.AWAITING_PAYMENT:
        return HttpResponseClientRedirect(order.get_absolute_url()) if _asks(request) else redirect(order)
    if _asks(request):
        return HttpResponse(status=204)
    try:
        payment = open_payment(order_id=order.pk, method=offered()[0], moment=clock.now())
    except (CannotPay, IndexError) as error:
        return render(request, "payment/closed.html", {"order": order, "reason": str(error)})
    return render(request, "payment/pay.html", {"order": order, "payment": payment} | _transfer(payment))


def _asks(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _transfer(payment: Payment) -> dict[str, Any]:
    to = account()
    assert to is not None
    assert payment.method == Method.TRANSFER
    text = vietqr.payload(
        bank=to.bin, account=to.number, amount=int(payment.amount), purpose=payment.reference or ""
    )
    return {"account": to, "qr": drawn(text)}


def drawn(text: str) -> SafeString:
    """The code as SVG, as a part of the page: nothing of it is anybody's input but the shop's own."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    svg: SafeString = mark_safe(image.to_string(encoding="unicode"))  # noqa: S308  drawn by qrcode, paths only
    return svg
