"""The order's page and what its buyer may do there, for whoever has its link; and the orders of an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.paging import paged
from marketplace import clock

from .access import orders_of, shows_person
from .cancelling import cancel_consignment, may_be_cancelled
from .forms import CancelForm
from .models import Consignment, Order, Role
from .page import order_context
from .papers.order import order_paper
from .parcels import By, CannotMove

PAGE_SIZE = 20


def secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that its address alone protects: never kept, never indexed, its address told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(wrapped)


@secret
@require_safe
def detail(request: HttpRequest, token: str) -> HttpResponse:
    """Where everything is, what it costs, whom to ask."""
    order = get_object_or_404(
        Order.objects.select_related(
            "shipping_address__province", "shipping_address__commune", "invoice_request"
        ),
        token=token,
    )
    context = order_context(order) | {
        "link": request.build_absolute_uri(order.get_absolute_url()),
        "shows_person": shows_person(order, user=request.user, moment=clock.now()),
    }
    return render(request, "order/order.html", context)


@secret
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The order as a PDF to keep."""
    order = get_object_or_404(
        Order.objects.select_related("shipping_address__province", "shipping_address__commune"), token=token
    )
    moment = clock.now()
    shows = shows_person(order, user=request.user, moment=moment)
    content = order_paper(order=order, moment=moment, shows_person=shows)
    return pdf(content, name=order.number)


def pdf(content: bytes, *, name: str) -> HttpResponse:
    """A file to be saved, not shown in the place of a page."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str, consignment_id: int) -> HttpResponse:
    """Asks once more, then cancels one producer's part; of one that cannot be cancelled any more it asks nothing."""
    order = get_object_or_404(Order, token=token)
    part = get_object_or_404(order.consignments.select_related("partner__producer"), pk=consignment_id)
    if request.method != "POST" and not may_be_cancelled(part):
        messages.info(request, _("Phần hàng này đã hủy hoặc đã được gửi đi."))
        return redirect(order)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "order/cancel.html", {"order": order, "part": part, "form": form})
    by = By(Role.BUYER, request.user if request.user.is_authenticated else None)
    try:
        cancel_consignment(
            consignment_id=part.pk, by=by, moment=clock.now(), reason=form.cleaned_data["ly_do"]
        )
    except CannotMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã hủy phần hàng của %(name)s.") % {"name": part.partner.name})
    return redirect(order)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The orders of the account, newest first."""
    parts = Prefetch("consignments", Consignment.objects.select_related("partner"))
    orders = orders_of(request.user).prefetch_related(parts, "consignments__parcels")
    context = paged(request, orders.order_by("-date_placed", "-pk"), size=PAGE_SIZE)
    return render(request, "order/mine.html", context)
