"""Does what staff ask with one parcel, one consignment, or one order. Nothing changes by GET."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.desk.wrong import tell_wrong
from marketplace import clock
from marketplace.order.cancelling import cancel_consignment, may_be_cancelled
from marketplace.order.models import Consignment, Order, Parcel, Role
from marketplace.order.parcels import By, CannotMove

from .forms import FORMS, CancelConsignment, ParcelForm
from .messages import send_link
from .page import show

_kinds = {form.name: form for form in FORMS}


def by_staff(user: Any, consignment: Consignment) -> By:
    """Staff act for the producer whose consignment it is."""
    return By(Role.STAFF, user, consignment.partner)


@require_POST
def on_parcel(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the forms, carried out; or the page as it is now, with the reason why not."""
    if name not in _kinds:
        raise Http404
    kind = _kinds[name]
    if not request.user.has_perm(kind.right):
        raise PermissionDenied
    parcel = get_object_or_404(Parcel.objects.select_related("consignment__partner"), pk=pk)
    form = kind(request.POST, parcel=parcel)
    if not form.is_valid():
        return _wrong(request, parcel.consignment.order_id, form if kind.fits(parcel) else None)
    try:
        form.carry_out(by=by_staff(request.user, parcel.consignment), moment=clock.now())
    except CannotMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, kind.done % {"number": str(parcel)})
    return redirect("desk_order", parcel.consignment.order_id)


@require_POST
def on_consignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel it as a whole, before any of it was sent."""
    part = get_object_or_404(Consignment.objects.select_related("partner"), pk=pk)
    form = CancelConsignment(request.POST, auto_id=f"cancel-part-{pk}-%s")
    if not form.is_valid():
        form.consignment_id = pk  # type: ignore[attr-defined]
        return _wrong(request, part.order_id, form if may_be_cancelled(part) else None)
    by, reason = by_staff(request.user, part), form.cleaned_data["reason"]
    try:
        cancel_consignment(consignment_id=pk, by=by, moment=clock.now(), reason=reason)
    except CannotMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Phần đơn %(number)s đã hủy.") % {"number": part.number})
    return redirect("desk_order", part.order_id)


def _wrong(request: HttpRequest, order_id: int, form: Any | None) -> HttpResponse:
    """The page with what is wrong in the form; without one, as that fits no more: the page as it is now."""
    if form is not None:
        _tell(request, form)
        return show(request, order_id, wrong=form)
    messages.error(request, _("Kiện hàng đã sang tình trạng khác rồi, bạn xem lại nhé."))
    return redirect("desk_order", order_id)


def _tell(request: HttpRequest, form: Any) -> None:
    """At the top of the page: the form stands screens below."""
    if isinstance(form, ParcelForm):
        facts = {"action": form.label, "number": str(form.parcel)}
        told, place = _("Chưa làm được “%(action)s” với kiện %(number)s."), f"#kien-{form.parcel.pk}"
        tell_wrong(request, form=form, told=told % facts, place=place)
    else:
        told = _("Chưa hủy được phần đơn.")
        tell_wrong(request, form=form, told=told, place=f"#phan-{form.consignment_id}")


@require_POST
def on_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the buyer the link again."""
    order = get_object_or_404(Order.objects.select_related("user"), pk=pk)
    if send_link(order=order, actor=request.user, moment=clock.now()):
        messages.success(request, _("Liên kết sẽ được gửi ngay đến %(mail)s.") % {"mail": order.email})
    else:
        messages.error(request, _("Đơn này không có email. Bạn đọc hoặc nhắn liên kết cho người mua nhé."))
    return redirect("desk_order", pk)
