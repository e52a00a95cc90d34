"""Where a buyer says to which bank account a refund goes, for whoever has the order's link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace import clock
from marketplace.order.models import Order
from marketplace.order.views import secret

from .models import RefundAccount
from .refund_accounts import CannotChange, keep_account, transfers_due
from .refund_forms import RefundAccountForm


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def refund_account(request: HttpRequest, token: str) -> HttpResponse:
    """Bank, number and holder, only while a transfer is due; the number that is there is never shown whole."""
    order = get_object_or_404(Order, token=token)
    if request.method != "POST" and not transfers_due(order.pk):
        messages.info(request, _("Đơn này không có khoản nào chờ chuyển khoản cho bạn."))
        return redirect(order)
    form = RefundAccountForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        known = RefundAccount.objects.filter(order=order).first()
        return render(request, "payment/refund_account.html", {"order": order, "form": form, "known": known})
    given = form.cleaned_data
    try:
        keep_account(
            order_id=order.pk,
            bank=given["ngan_hang"],
            number=given["so_tai_khoan"],
            holder=given["chu_tai_khoan"],
            moment=clock.now(),
        )
    except CannotChange as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Đã ghi tài khoản nhận tiền. Chúng tôi chuyển khoản cho bạn sớm nhất có thể.")
        )
    return redirect(order)
