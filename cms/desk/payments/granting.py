"""Gives money of an order back: first the sum is shown, then it is confirmed. Nothing changes by GET."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.desk.wrong import tell_wrong
from marketplace import clock
from marketplace.audit.models import record
from marketplace.look.figures import dong
from marketplace.order.models import Order, Role
from marketplace.order.parcels import By
from marketplace.payment.granting import REFUSED, Measured, grant, measure
from marketplace.payment.refunding import CannotRefund
from marketplace.payment.shown import money_of

from .forms import GrantForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; the sum to confirm; or, once that was confirmed, the order with what was given."""
    order = get_object_or_404(Order, pk=pk)
    form = GrantForm(request.POST if request.method == "POST" else None, order=order)
    if not form.is_bound:
        return _show(request, order, form)
    if not form.is_valid():
        tell_wrong(request, form=form, told=_("Chưa trả lại được."), place="#tra-lai")
        return _show(request, order, form)
    try:
        if "confirm" in request.POST and form.cleaned_data["shown"] is not None:
            return _grant(request, order, form)
        measured = measure(order_id=order.pk, wanted=form.wanted())
    except CannotRefund as error:
        record(action=REFUSED, target=order, actor=request.user, after={"reason": str(error)})
        messages.error(request, str(error))
        return _show(request, order, form)
    return _show(request, order, form, measured)


def _grant(request: HttpRequest, order: Order, form: GrantForm) -> HttpResponse:
    data = form.cleaned_data
    made = grant(
        order_id=order.pk,
        wanted=form.wanted(),
        shown=Decimal(data["shown"]),
        words=data["words"],
        key=data["key"],
        by=By(Role.STAFF, request.user),
        moment=clock.now(),
    )
    total = sum((one.amount for one in made), Decimal(0))
    messages.success(request, _("Sẽ trả lại người mua %(sum)s.") % {"sum": dong(total)})
    return redirect("desk_order", order.pk)


def _show(
    request: HttpRequest, order: Order, form: GrantForm, measured: Measured | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "order": order,
        "money": money_of(order),
        "form": form,
        "measured": measured,
        "lines": [form[name] for name in form.lines],
        "page_title": _("Trả lại tiền của đơn %(number)s") % {"number": order.number},
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
            {"url": reverse("desk_order", args=[order.pk]), "label": order.number},
            {"url": "", "label": _("Trả lại tiền")},
        ],
    }
    return render(request, "cms/desk/payments/give_back.html", context)
