"""The pages of whoever has an order's link: ask to return goods, and follow what becomes of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace import clock
from marketplace.order.access import shows_person
from marketplace.order.models import Consignment, ReturnRequest, Role
from marketplace.order.parcels import By
from marketplace.order.views import secret
from marketplace.pictures.private import private_picture

from .asking import CannotReturn
from .forms import EscalateForm, ReturnForm
from .moving import escalate_return, withdraw_return
from .page import return_context
from .returnable import returnables


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str, consignment_id: int) -> HttpResponse:
    """What was delivered, and the form; what is wrong is said above it, with everything typed left in place."""
    parts = Consignment.objects.select_related("order", "partner__producer")
    part = get_object_or_404(parts, pk=consignment_id, order__token=token)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReturnForm(returnables(part), *sent)
    if form.is_valid():
        try:
            made = form.send(part, _buyer(request))
        except CannotReturn as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã gửi yêu cầu. Nhà sản xuất sẽ trả lời bạn."))
            return redirect(made)
    return render(request, "order/return_ask.html", {"order": part.order, "part": part, "form": form})


@secret
@require_safe
def detail(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Where a request stands, with its history, and what its buyer may do."""
    return _page(request, _found(token, number), EscalateForm())


@secret
@require_POST
def escalate(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The buyer asks the shop to decide."""
    found, form = _found(token, number), EscalateForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)

    def act() -> None:
        by, note = _buyer(request), form.cleaned_data["loi"]
        escalate_return(request_id=found.pk, by=by, moment=clock.now(), note=note)

    return _done(request, found, act, _("Chợ đã nhận. Chúng tôi sẽ xem xét và trả lời kèm lý do."))


@secret
@require_POST
def withdraw(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The buyer thinks better of it."""
    found = _found(token, number)

    def act() -> None:
        withdraw_return(request_id=found.pk, by=_buyer(request), moment=clock.now())

    return _done(request, found, act, _("Đã rút yêu cầu."))


@require_safe
def photo(request: HttpRequest, token: str, number: str, position: int) -> HttpResponseBase:
    """One picture; when the link tells no longer who ordered, it shows no pictures either."""
    found = _found(token, number)
    if not shows_person(found.consignment.order, user=request.user, moment=clock.now()):
        raise Http404
    one = get_object_or_404(found.photos, position=position)
    return private_picture(one.file, name=f"{number}-{position}.webp")


def _found(token: str, number: str) -> ReturnRequest:
    wanted = ReturnRequest.objects.select_related("consignment__order", "consignment__partner__producer")
    return get_object_or_404(wanted, number=number, consignment__order__token=token)


def _buyer(request: HttpRequest) -> By:
    return By(Role.BUYER, request.user if request.user.is_authenticated else None)


def _page(request: HttpRequest, found: ReturnRequest, form: EscalateForm) -> HttpResponse:
    moment = clock.now()
    shows = shows_person(found.consignment.order, user=request.user, moment=moment)
    context = return_context(found, moment=moment) | {"form": form, "shows_person": shows}
    return render(request, "order/return.html", context)


def _done(request: HttpRequest, found: ReturnRequest, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except CannotReturn as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(found)
