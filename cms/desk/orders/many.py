"""Moves many parcels, one by one: what cannot be moved keeps nobody else from it, and says why."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from marketplace import clock
from marketplace.order.models import Carrier, Parcel
from marketplace.order.parcels import CannotMove

from .acting import by_staff
from .forms import Confirm, HandOver, Move, Pack

MOST = 100

#: What may be done with many at once: each needs no thought about a single one.
MANY: dict[str, type[Move]] = {form.name: form for form in (Confirm, Pack, HandOver)}


@dataclass(frozen=True)
class Result:
    """What became of one parcel; `why_not` is empty where it was moved."""

    parcel: Parcel
    why_not: str = ""


class Numbers(forms.Form):
    """One carrier for all, or none, and a number for each parcel."""

    carrier = forms.ModelChoiceField(
        Carrier.objects.filter(is_active=True),
        label=gettext_lazy("Đơn vị vận chuyển"),
        required=False,
        empty_label=gettext_lazy("Nhà sản xuất tự giao"),
    )

    def __init__(self, data: Any = None, *, parcels: list[Parcel]) -> None:
        super().__init__(data)
        for parcel in parcels:
            label = _("Mã vận đơn của kiện %(number)s") % {"number": str(parcel)}
            self.fields[f"number-{parcel.pk}"] = forms.CharField(label=label, max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        numbered = any(value for name, value in data.items() if name.startswith("number-"))
        if numbered and not data.get("carrier") and not self.errors:
            self.add_error("carrier", _("Bạn chọn đơn vị vận chuyển của mã vận đơn này."))
        return data


@never_cache
@require_POST
def on_many(request: HttpRequest) -> HttpResponse:
    """Confirm or pack what is ticked; before handing over, ask for carrier and numbers."""
    kind = MANY.get(request.POST.get("do", ""))
    if kind is None:
        raise Http404
    parcels = _ticked(request)
    numbers = Numbers(request.POST if "number" in request.POST else None, parcels=parcels)
    context = {"kind": kind, "parcels": parcels, "form": numbers, "page_title": kind.label}
    if kind is HandOver and parcels and not numbers.is_valid():
        return render(request, "cms/desk/orders/numbers.html", context)
    results = [_moved(kind, parcel, numbers, request.user) for parcel in parcels]
    moved = sum(not result.why_not for result in results)
    return render(request, "cms/desk/orders/moved.html", context | {"results": results, "moved": moved})


def _ticked(request: HttpRequest) -> list[Parcel]:
    keys = [
        int(key)
        for key in request.POST.getlist("parcel")[:MOST]
        if key.isascii() and key.isdecimal() and len(key) < 19
    ]
    rows = Parcel.objects.filter(pk__in=keys).select_related("consignment__partner", "consignment__order")
    return list(rows.order_by("state_since", "pk"))


def _moved(kind: type[Move], parcel: Parcel, numbers: Numbers, user: Any) -> Result:
    data = numbers.data if numbers.is_bound else {}
    own = {"carrier": data.get("carrier"), "tracking_number": data.get(f"number-{parcel.pk}")}
    form = kind(own, parcel=parcel)
    try:
        if not form.is_valid():
            raise CannotMove(" ".join(str(text) for texts in form.errors.values() for text in texts))
        form.carry_out(by=by_staff(user, parcel.consignment), moment=clock.now())
    except CannotMove as error:
        return Result(parcel, str(error))
    return Result(parcel)
