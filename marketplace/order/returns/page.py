"""What the pages of a request show."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from catalogue.cards import first_picture
from marketplace.order.models import Consignment, ParcelState, ReturnChange, ReturnRequest

from .rules import RULES, Reason
from .states import IN_VAIN, NEXT, PROMISED, ReturnState

BAD = frozenset({ReturnState.DECLINED, ReturnState.REFUSED, ReturnState.LAPSED})


def badge(state: str) -> str:
    """The class of the mark that a state has."""
    return "badge--tea" if state in PROMISED else "badge--bad" if state in BAD else ""


def may_escalate(request: ReturnRequest, *, moment: datetime) -> bool:
    """Whether the buyer may ask the shop now."""
    late = request.due_at is not None and moment >= request.due_at
    return request.state == (ReturnState.REQUESTED if late else ReturnState.DECLINED)


def return_context(request: ReturnRequest, *, moment: datetime) -> dict[str, Any]:
    """One request whole: items, pictures, history, and what its buyer may do."""
    state = ReturnState(request.state)
    changes = request.changes.select_related("actor", "acting_for")
    return {
        "row": request,
        "part": request.consignment,
        "order": request.consignment.order,
        "rule": RULES[Reason(request.reason)],
        "badge": badge(state),
        "promised": state in PROMISED,
        "in_vain": state in IN_VAIN,
        "late": request.due_at is not None and moment >= request.due_at,
        "may_escalate": may_escalate(request, moment=moment),
        "may_withdraw": ReturnState.WITHDRAWN in NEXT[state],
        "items": [_item(item) for item in _items(request)],
        "photos": list(request.photos.all()),
        "history": [_change(change) for change in changes],
    }


def returns_of(consignments: Iterable[Consignment], *, moment: datetime) -> list[dict[str, Any]]:
    """For the order's page: the parts of which something was delivered, their requests, and whether to offer another.

    The parcels should be prefetched. What exactly can be returned says the form.
    """
    arrived = [row for row in consignments if _delivered(row)]
    requests = ReturnRequest.objects.filter(consignment__in=arrived).order_by("requested_at", "pk")
    found = [{"request": one, "badge": badge(one.state)} for one in requests]
    return [
        {
            "part": row,
            "requests": [one for one in found if one["request"].consignment_id == row.pk],  # type: ignore[attr-defined]
            "may_ask": any(at + longest_window() >= moment for at in _delivered(row)),
        }
        for row in arrived
    ]


def longest_window() -> timedelta:
    """Of all reasons."""
    return max(rule.window for rule in RULES.values())


def _delivered(row: Consignment) -> list[datetime]:
    return [parcel.state_since for parcel in row.parcels.all() if parcel.state == ParcelState.DELIVERED]


def _items(request: ReturnRequest) -> Any:
    return request.items.select_related("line__product__parent").prefetch_related(
        "line__product__images", "line__product__parent__images"
    )


def _item(item: Any) -> dict[str, Any]:
    line = item.line
    return {
        "title": line.title,
        "note": f"{line.size} × {item.quantity}" if line.size else f"× {item.quantity}",
        "price": item.amount,
        "picture": first_picture(line.product) if line.product else None,
        "item": item,
    }


def _change(change: ReturnChange) -> dict[str, Any]:
    """Buyers read in which part somebody acted, not who it was."""
    who: Any = change.get_role_display()
    if change.acting_for:
        facts = {"role": who, "name": change.acting_for.name}
        who = _("%(role)s, thay mặt %(name)s") % facts
    return {
        "label": change.get_after_display(),
        "who": who,
        "at": change.at,
        "note": change.note,
        "change": change,
    }
