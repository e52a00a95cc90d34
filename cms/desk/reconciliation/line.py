"""One line: what it says, what it may be, what was decided about it and what can be done now."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.desk.orders.rights import VIEW
from cms.desk.wrong import tell_wrong
from marketplace import clock
from marketplace.reconciliation.deciding import CannotDecide
from marketplace.reconciliation.models import Line, LineState
from marketplace.reconciliation.taking import suggestions

from .forms import FORMS, LineForm, waiting
from .lines import NAME, Lines

MOST_SUGGESTED = 10
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
    kind, line = _kinds[name], _found(pk)
    if not request.user.has_perm(kind.right):
        raise PermissionDenied
    form = kind(request.POST, line=line)
    if not form.is_valid():
        return _show(request, line, wrong=form)
    try:
        form.carry_out(user=request.user)
    except CannotDecide as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": form.label})
    return redirect("desk_line", pk)


def _found(pk: int) -> Line:
    rows = Line.objects.select_related(
        "imported__layout", "carrier", "payment__order", "hinted__order", "refund__payment__order", "returns"
    )
    return get_object_or_404(rows, pk=pk)


def _show(request: HttpRequest, line: Line, wrong: LineForm | None = None) -> HttpResponse:
    """`wrong` is a bound form with errors, to be shown in its place; one that fits no more is told as a message."""
    user = request.user
    fitting = [kind for kind in FORMS if user.has_perm(kind.right) and kind.fits(line, user=user)]
    if wrong and type(wrong) not in fitting:
        messages.error(request, _("Dòng này vừa được xử lý khác rồi, bạn xem tình trạng mới."))
    elif wrong:
        told = _("Chưa ghi được “%(action)s”.") % {"action": wrong.label}
        tell_wrong(request, form=wrong, told=told, place="#viec")
    decision = waiting(line)
    title = _("Dòng sao kê %(number)d") % {"number": line.pk}
    context = {
        "line": line,
        "forms": [wrong if wrong and isinstance(wrong, kind) else kind(line=line) for kind in fitting],
        "proposal": decision,
        "own": decision is not None and decision.proposer_key == user.pk,
        "decisions": line.decisions.select_related(
            "payment__order", "proposed_by", "decided_by"
        ).prefetch_related("lines"),
        "suggested": _suggested(line),
        "returned_by": line.returned_by.first(),
        "sees_order": user.has_perm(VIEW),
        "page_title": title,
        "breadcrumbs_items": _breadcrumbs(title),
    }
    return render(request, "cms/desk/reconciliation/line.html", context)


def _suggested(line: Line) -> list[Any]:
    if line.carrier_id or line.amount < 0 or line.state not in (LineState.OPEN, LineState.PROPOSED):
        return []
    return suggestions(line, moment=clock.now())[:MOST_SUGGESTED]


def _breadcrumbs(last: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
        {"url": reverse(NAME), "label": Lines.page_title},
        {"url": "", "label": last},
    ]
