"""One refund as staff see it, with what can be done now; and the inbox's events that were looked at. Opening a refund is
recorded: it shows a bank account."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.desk.wrong import tell_wrong
from marketplace import clock
from marketplace.audit.models import record
from marketplace.order.models import Role
from marketplace.order.parcels import By
from marketplace.payment import vietqr
from marketplace.payment.models import Method, ProviderEvent, Refund, RefundAccount
from marketplace.payment.models.refund import ON_THE_WAY
from marketplace.payment.qr import drawn
from marketplace.payment.refund_accounts import Changed, changes_of
from marketplace.payment.refund_states import CannotMove
from marketplace.payment.transfers import purpose, stamp

from .forms import FORMS, RefundForm, SeenForm, four_eyes
from .listing import REFUNDS, unseen
from .rights import TRANSFER

OPENED, SEEN = "refund_opened", "payment_event_seen"
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
    form = _kinds[name](request.POST, refund=found)
    if not form.is_valid():
        return _show(request, found, wrong=form)
    try:
        form.carry_out(by=By(Role.STAFF, request.user), moment=clock.now())
    except CannotMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": form.label})
    return redirect("desk_refund", pk)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked into an event that could not be worked off, and says what was done."""
    form = SeenForm(request.POST)
    event = get_object_or_404(ProviderEvent, pk=pk)
    if not form.is_valid():
        messages.error(request, _("Bạn ghi đã làm gì với sự kiện này."))
    elif (
        unseen()
        .filter(pk=pk)
        .update(seen_at=clock.now(), seen_by=request.user, seen_note=form.cleaned_data["note"])
    ):
        record(action=SEEN, target=event, actor=request.user, after={"note": form.cleaned_data["note"]})
        messages.success(request, _("Đã ghi."))
    else:
        messages.error(request, _("Người khác đã xem sự kiện này rồi."))
    return redirect("desk_events")


def _found(pk: int) -> Refund:
    rows = Refund.objects.select_related(
        "payment__order__shipping_address", "again", "again_of", "prepared_by", "confirmed_by"
    )
    return get_object_or_404(rows, pk=pk)


def _show(request: HttpRequest, found: Refund, wrong: RefundForm | None = None) -> HttpResponse:
    """`wrong` is a bound form with errors, to be shown in its place."""
    may = request.user.has_perm(TRANSFER)
    if wrong and not may:
        raise PermissionDenied
    account = _account(found) if may else None
    fitting = [
        kind
        for kind in FORMS
        if may and kind.fits(found, request.user) and (account or not kind.needs_account)
    ]
    if wrong and type(wrong) not in fitting:
        messages.error(request, _("Khoản này đã sang tình trạng khác rồi, bạn xem lại nhé."))
    elif wrong:
        told = _("Chưa ghi được “%(action)s”.") % {"action": wrong.label}
        tell_wrong(request, form=wrong, told=told, place="#viec")
    if account:
        record(action=OPENED, target=found, actor=request.user)
    context = {
        "row": found,
        "order": found.payment.order,
        "account": account,
        "stamp": stamp(account),
        "changed": _changed(account),
        "purpose": purpose(found),
        "qr": _qr(found, account),
        "forms": [wrong if wrong and isinstance(wrong, kind) else kind(refund=found) for kind in fitting],
        "changes": found.changes.select_related("actor").order_by("-at", "-pk"),
        "four_eyes": four_eyes(),
        "page_title": _("Trả lại tiền %(purpose)s") % {"purpose": purpose(found)},
        "breadcrumbs_items": _breadcrumbs(found),
    }
    return render(request, "cms/desk/payments/refund.html", context)


def _account(found: Refund) -> RefundAccount | None:
    return RefundAccount.objects.filter(order=found.payment.order_id).first()


def _changed(account: RefundAccount | None) -> tuple[Changed, int] | None:
    """The last time that it became another one, and how many whole hours ago; None where it never did."""
    changes = changes_of(account) if account else []
    return (changes[-1], (clock.now() - changes[-1].at) // timedelta(hours=1)) if changes else None


def _qr(found: Refund, account: RefundAccount | None) -> Any:
    """The code that staff scan with the bank's app; only while the transfer is to be made."""
    if account is None or found.way != Method.TRANSFER or found.status not in ON_THE_WAY:
        return ""
    text = vietqr.payload(
        bank=account.bank, account=account.number, amount=int(found.amount), purpose=purpose(found)
    )
    return drawn(text)


def _breadcrumbs(found: Refund) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
        {"url": reverse(REFUNDS), "label": _("Trả lại tiền")},
        {"url": "", "label": purpose(found)},
    ]
