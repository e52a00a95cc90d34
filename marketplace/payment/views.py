"""Where an order is paid, for whoever has its link.

GET opens the payment that the page shows, and changes nothing else; another way is chosen by POST. Whether a card has
paid is asked of Stripe each time: of what a browser brings nothing is believed.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from marketplace import clock
from marketplace.order.models import Order, PaymentState, Role
from marketplace.order.parcels import By
from marketplace.order.views import secret

from . import card_page
from .choosing import Ways, ways_of
from .methods import account
from .models import Method, Payment
from .opening import CannotPay, open_payment
from .qr import still_asked, transfer_code


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The way chosen last, or another one by POST; asked again by htmx until the money has come."""
    order = get_object_or_404(Order, token=token)
    if order.payment_state != PaymentState.AWAITING_PAYMENT:
        if _asks(request) and order.payment_state == PaymentState.PAID:
            messages.success(request, _("Chúng tôi đã nhận tiền. Cảm ơn bạn!"))
        return _lead(request, order.get_absolute_url())
    ways = ways_of(order)
    if request.method == "POST":
        return _choose(request, order, ways)
    try:
        if ways.first is None:
            raise CannotPay(" ".join(ways.reasons))
        payment = open_payment(order_id=order.pk, method=ways.first, moment=clock.now())
        if payment.method == Method.CARD:
            return _by_card(request, payment, ways)
    except CannotPay as error:
        return render(request, "payment/closed.html", {"order": order, "reason": str(error)})
    asked = still_asked(payment)
    if _asks(request):
        changed = request.GET.get("con", str(asked)) != str(asked)
        return _lead(request, request.path) if changed else HttpResponse(status=204)
    order.refresh_from_db()
    context = {
        "order": order,
        "payment": payment,
        "others": ways.beside(Method.TRANSFER),
        "reasons": ways.reasons,
        "account": account(),
        "asked": asked,
        "qr": transfer_code(payment, asked) if asked else "",
    }
    return render(request, "payment/pay.html", context)


@secret
@require_safe
def back(request: HttpRequest, token: str) -> HttpResponse:
    """Where a browser comes back to when Stripe's script is done, whatever its address says."""
    order = get_object_or_404(Order, token=token)
    said = card_page.told_by_stripe(order)
    order.refresh_from_db()
    if order.payment_state == PaymentState.AWAITING_PAYMENT:
        if said == card_page.UNPAID:
            messages.warning(request, _("Thẻ chưa trả được. Bạn thử lại hoặc chọn cách trả khác nhé."))
        return redirect("payment:pay", token=token)
    if order.payment_state == PaymentState.PAID:
        messages.success(request, _("Chúng tôi đã nhận tiền. Cảm ơn bạn!"))
    elif said:
        messages.warning(
            request,
            _(
                "Đơn đã hết hạn trước khi tiền đến. Nếu thẻ của bạn bị trừ tiền, chúng tôi trả lại và báo cho bạn."
            ),
        )
    return redirect(order)


def _choose(request: HttpRequest, order: Order, ways: Ways) -> HttpResponse:
    """Another way. A card that has paid already is seen first, so that nobody is led to pay a second time."""
    chosen = request.POST.get("cach", "")
    if chosen not in ways.open:
        messages.error(request, _("Cách trả tiền này không dùng được. Bạn chọn cách khác nhé."))
        return redirect("payment:pay", token=order.token)
    card_page.told_by_stripe(order)
    by = By(Role.BUYER, request.user if request.user.is_authenticated else None)
    try:
        open_payment(order_id=order.pk, method=Method(chosen), moment=clock.now(), by=by)
    except CannotPay as error:
        messages.info(request, str(error))
        return redirect(order)
    return redirect("payment:pay", token=order.token)


def _by_card(request: HttpRequest, payment: Payment, ways: Ways) -> HttpResponse:
    standing = card_page.standing_of(payment)
    if standing.paid:
        messages.success(request, _("Chúng tôi đã nhận tiền. Cảm ơn bạn!"))
        return _lead(request, payment.order.get_absolute_url())
    if _asks(request):
        waits = standing.waits or standing.away
        return HttpResponse(status=204) if waits else _lead(request, request.path)
    return card_page.shown(request, standing, ways)


def _asks(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if _asks(request) else redirect(address)
