"""One order as staff see it, with what they can do now. Opening it is recorded: it shows a person."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.mail.listing import NAME as MESSAGES
from cms.desk.mail.rights import VIEW as SEE_MAIL
from cms.desk.payments.rights import GRANT
from marketplace.audit.models import record
from marketplace.order.cancelling import may_be_cancelled
from marketplace.order.models import Consignment, Order, Parcel, ParcelItem
from marketplace.order.states import delivery_state
from marketplace.payment.shown import money_of

from . import rights
from .forms import FORMS, CancelConsignment, ParcelForm
from .history import OPENED, history, openings


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, pk)


def show(request: HttpRequest, pk: int, *, wrong: Any = None) -> HttpResponse:
    """The page as it is now; `wrong` is a bound form with errors, to be shown in its place."""
    people = Order.objects.select_related(
        "shipping_address__province", "shipping_address__commune", "user", "invoice_request"
    )
    order = get_object_or_404(people, pk=pk)
    record(action=OPENED, target=order, actor=request.user)
    context = order_context(order, request.user, wrong)
    return render(request, "cms/desk/orders/order.html", context | {"link": _link(request, order)})


def order_context(order: Order, user: Any, wrong: Any = None) -> dict[str, Any]:
    """`order`, its `state`, `address`, `parts` (consignment, lines, parcels with forms), `events`, `openings`, `money` and links."""
    parts = list(_consignments(order))
    return {
        "order": order,
        "state": delivery_state([parcel.state for part in parts for parcel in part.parcels.all()]),
        "address": order.shipping_address,
        "parts": [_part(part, user, wrong) for part in parts],
        "events": history(order, parts),
        "openings": openings(order),
        "mails": _mails(order, user),
        "page_title": _("Đơn hàng %(number)s") % {"number": order.number},
        "breadcrumbs_items": _breadcrumbs(order),
        "may_move": user.has_perm(rights.MOVE),
        "money": money_of(order),
        "may_give_back": user.has_perm(GRANT),
    }


def _consignments(order: Order) -> Any:
    items = ParcelItem.objects.select_related("line")
    parcels = Parcel.objects.select_related("carrier").prefetch_related(Prefetch("items", items))
    rows = order.consignments.select_related("partner__producer")
    return rows.prefetch_related(Prefetch("parcels", parcels), "lines")


def _part(part: Consignment, user: Any, wrong: Any) -> dict[str, Any]:
    cancel = None
    if user.has_perm(rights.CANCEL) and may_be_cancelled(part):
        cancel = CancelConsignment(auto_id=f"cancel-part-{part.pk}-%s")
    if getattr(wrong, "consignment_id", None) == part.pk:
        cancel = wrong
    return {
        "consignment": part,
        "cancel": cancel,
        "parcels": [{"parcel": row, "forms": _forms(row, user, wrong)} for row in part.parcels.all()],
    }


def _forms(parcel: Parcel, user: "Any | AnonymousUser", wrong: Any) -> list[ParcelForm]:
    """What fits now and may be done by this person; a form with errors stands in the place of its empty one."""
    forms = []
    for kind in FORMS:
        if isinstance(wrong, kind) and wrong.parcel.pk == parcel.pk:
            forms.append(wrong)
        elif user.has_perm(kind.right) and kind.fits(parcel):
            forms.append(kind(parcel=parcel))
    return forms


def _link(request: HttpRequest, order: Order) -> str:
    return request.build_absolute_uri(order.get_absolute_url())


def _mails(order: Order, user: Any) -> str:
    """Where to see what this buyer was told, for those who may."""
    return f"{reverse(MESSAGES)}?q={order.number}" if user.has_perm(SEE_MAIL) else ""


def _breadcrumbs(order: Order) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
        {"url": reverse("desk_orders"), "label": _("Đơn hàng")},
        {"url": "", "label": order.number},
    ]
