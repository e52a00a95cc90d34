"""Days with their three sources: the list, one day with its differences, comparing again, and a spreadsheet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.desk.orders.rights import VIEW
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import record
from marketplace.look.figures import day as shown
from marketplace.reconciliation.comparing.asking import ask_again
from marketplace.reconciliation.comparing.day import CannotExplain, explain
from marketplace.reconciliation.models import ComparedDay, Difference, DifferenceState, Source

from .export import workbook

NAME = "desk_days"
TITLE = gettext_lazy("Ngày đối soát")
EXPORTED = "reconciliation.exported"
A_PAGE = 31


@dataclass(frozen=True)
class Side:
    """One source on one day; `row` is None where it is not asked at all."""

    source: Source
    row: ComparedDay | None
    open: int

    @property
    def state(self) -> str:
        """Part of a class name of the stylesheet."""
        if self.row is None or self.row.compared_at is None:
            return "waiting"
        return "failed" if self.open else "paid"

    @property
    def label(self) -> str:
        if self.state == "waiting":
            return _("chưa so")
        if not self.open:
            return _("khớp")
        return ngettext("%(number)d chênh lệch", "%(number)d chênh lệch", self.open) % {"number": self.open}


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The last days, or those before the one that the address names."""
    before = request.GET.get("truoc")
    rows = ComparedDay.objects.order_by("-day", "source")
    if before:
        rows = rows.filter(day__lt=_day(before))
    found = _sides(rows[: (A_PAGE + 1) * len(Source)])
    days = list(found.items())[:A_PAGE]
    context = {
        "rows": days,
        "sources": list(Source),
        "older": days[-1][0] if len(found) > A_PAGE else None,
        "is_first": not before,
        "page_title": TITLE,
        "breadcrumbs_items": _breadcrumbs(),
    }
    return render(request, "cms/desk/reconciliation/days.html", context)


@never_cache
@require_safe
def detail(request: HttpRequest, day: str) -> HttpResponse:
    found = _day(day)
    differences = Difference.objects.filter(day=found).select_related(
        "payment__order", "explained_by", "line"
    )
    title = _("Đối soát ngày %(day)s") % {"day": shown(found)}
    sides = _sides(ComparedDay.objects.filter(day=found)).get(found) or _nothing()
    context = {
        "day": found,
        "sides": sides,
        "waits": any(
            side.state == "waiting" and (side.row or side.source != Source.STRIPE) for side in sides
        ),
        "differences": differences.order_by("source", "pk"),
        "is_over": found < clock.today(),
        "sees_order": request.user.has_perm(VIEW),
        "page_title": title,
        "breadcrumbs_items": _breadcrumbs(title),
    }
    return render(request, "cms/desk/reconciliation/day.html", context)


@require_POST
def again(request: HttpRequest, day: str) -> HttpResponse:
    """Have all sources compared anew, in the background."""
    found = _day(day)
    for source in Source:
        ask_again(source=source, days=[found], moment=clock.now())
    messages.success(request, _("Ngày này sẽ được so lại trong ít phút. Bạn tải lại trang để xem."))
    return redirect("desk_day", day)


@require_POST
def explained(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Difference, pk=pk)
    try:
        explain(difference_id=pk, note=request.POST.get("note", ""), user=request.user, moment=clock.now())
    except CannotExplain as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã ghi lời giải thích."))
    return redirect(reverse("desk_day", args=[row.day.isoformat()]) + f"#chenh-lech-{pk}")


@require_safe
def taken(request: HttpRequest, day: str) -> HttpResponseBase:
    """The day as a spreadsheet, pair by pair; recorded before anything leaves."""
    found, user = _day(day), cast(User, request.user)
    record(action=EXPORTED, target=user, actor=request.user, after={"day": day})
    return workbook(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _sides(found: Iterable[ComparedDay]) -> dict[date, list[Side]]:
    """Of each day its sources, in the order of the rows."""
    rows = {(row.day, row.source): row for row in found}
    days = list(dict.fromkeys(day for day, _source in rows))
    counted: dict[tuple[date, str], int] = defaultdict(int)
    open_ones = Difference.objects.filter(day__in=days, state=DifferenceState.OPEN).order_by()
    for day, source, number in open_ones.values_list("day", "source").annotate(number=Count("pk")):
        counted[day, source] = number
    return {
        day: [Side(source, rows.get((day, source)), counted[day, source]) for source in Source]
        for day in days
    }


def _nothing() -> list[Side]:
    return [Side(source, None, 0) for source in Source]


def _breadcrumbs(last: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [{"url": reverse("wagtailadmin_home"), "label": _("Trang chính")}]
    if not last:
        return [*items, {"url": "", "label": TITLE}]
    return [*items, {"url": reverse(NAME), "label": TITLE}, {"url": "", "label": last}]
