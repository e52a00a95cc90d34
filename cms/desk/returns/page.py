"""One request as staff see it: pictures, history, and what can be done now. Opening it is recorded: it shows a person."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.desk.orders.rights import VIEW
from cms.desk.wrong import tell_wrong
from marketplace import clock
from marketplace.audit.models import record
from marketplace.order.models import ReturnPhoto, ReturnRequest
from marketplace.order.returns.asking import CannotReturn
from marketplace.order.returns.page import return_context
from marketplace.pictures.private import private_picture

from .forms import FORMS, ReturnForm
from .listing import NAME

OPENED = "return.opened"
_kinds = {form.name: form for form in FORMS}


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _found(pk))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the forms, carried out; or the page as it is now, with the reason why not."""
    if name not in _kinds:
        raise Http404
    found = _found(pk)
    form = _kinds[name](request.POST, request=found)
    if not form.is_valid():
        return _show(request, found, wrong=form)
    try:
        form.carry_out(user=request.user, moment=clock.now())
    except CannotReturn as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": form.label})
    return redirect("desk_return", pk)


@require_safe
def photo(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
    """One picture, for staff with the right to requests."""
    one = get_object_or_404(ReturnPhoto.objects.select_related("request"), request=pk, position=position)
    return private_picture(one.file, name=f"{one.request.number}-{position}.webp")


def _found(pk: int) -> ReturnRequest:
    rows = ReturnRequest.objects.select_related(
        "consignment__order__shipping_address", "consignment__partner__producer"
    )
    return get_object_or_404(rows, pk=pk)


def _show(request: HttpRequest, found: ReturnRequest, wrong: ReturnForm | None = None) -> HttpResponse:
    """`wrong` is a bound form with errors, to be shown in its place; one that fits no more is told as a message."""
    record(action=OPENED, target=found, actor=request.user)
    moment = clock.now()
    fitting = [kind for kind in FORMS if kind.fits(found, moment=moment)]
    if wrong and type(wrong) not in fitting:
        messages.error(request, _("Yêu cầu này đã được xử lý khác rồi, bạn xem tình trạng mới."))
    elif wrong:
        told = _("Chưa ghi được “%(action)s”.") % {"action": wrong.label}
        tell_wrong(request, form=wrong, told=told, place="#viec")
    context = return_context(found, moment=moment) | {
        "forms": [wrong if wrong and isinstance(wrong, kind) else kind(request=found) for kind in fitting],
        "address": found.consignment.order.shipping_address,
        "sees_order": request.user.has_perm(VIEW),
        "link": request.build_absolute_uri(found.get_absolute_url()),
        "page_title": _("Yêu cầu trả hàng %(number)s") % {"number": found.number},
        "breadcrumbs_items": _breadcrumbs(found),
    }
    return render(request, "cms/desk/returns/request.html", context)


def _breadcrumbs(found: ReturnRequest) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
        {"url": reverse(NAME), "label": _("Trả hàng")},
        {"url": "", "label": found.number},
    ]
