"""What the order's page shows, gathered in few queries."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.cards import first_picture
from marketplace.look.figures import day
from marketplace.shipping.models import Way

from .cancelling import may_be_cancelled
from .cash import cash_by_parcel
from .models import Consignment, Order, Parcel, ParcelChange, ParcelState
from .states import ENDS_BADLY, WAY, DeliveryState

#: What the steps of a parcel are called. One that the buyer fetches is with no carrier in between.
SENT: dict[str, Any] = {step: step.label for step in WAY}
FETCHED: dict[str, Any] = {
    ParcelState.NEW: ParcelState.NEW.label,
    ParcelState.CONFIRMED: ParcelState.CONFIRMED.label,
    ParcelState.PACKED: gettext_lazy("Sẵn tại nơi bán"),
    ParcelState.DELIVERED: gettext_lazy("Bạn đã nhận hàng"),
}


def order_context(order: Order) -> dict[str, Any]:
    """`order`, `consignments` (consignment, parcels with state, steps and contents, lines), sums and pieces."""
    rows = order.consignments.select_related("partner__producer").prefetch_related(
        "parcels__changes",
        "parcels__carrier",
        "parcels__items__line",
        "lines__product__images",
        "lines__product__parent__images",
    )
    consignments = [_consignment(row) for row in rows]
    cancelled = sum((row.cancelled_total for row in rows), Decimal(0))
    return {
        "order": order,
        "address": order.shipping_address,
        "consignments": consignments,
        "to_collect": sum((part["to_collect"] for part in consignments), Decimal(0)),
        "pieces": sum(line.quantity for row in rows for line in row.lines.all()),
        "cancelled_total": cancelled,
        "owed": order.total_incl_tax - cancelled,
        "refunds": sum((row.refund_total for row in rows), Decimal(0)),
    }


def _consignment(row: Consignment) -> dict[str, Any]:
    parcels = [_parcel(row, parcel) for parcel in row.parcels.all()]
    return {
        "consignment": row,
        "parcels": parcels,
        "several": len(parcels) > 1,
        "label": _label(row, row.delivery_state),
        "badge": _badge(row.delivery_state),
        "may_be_cancelled": may_be_cancelled(row),
        "to_collect": _to_collect(row),
        "lines": [
            {
                "title": line.title,
                "note": f"{line.size} × {line.quantity}" if line.size else f"× {line.quantity}",
                "price": line.line_price_incl_tax,
                "url": line.product.get_absolute_url() if line.product else "",
                "picture": first_picture(line.product) if line.product else None,
            }
            for line in row.lines.all()
        ],
    }


def _to_collect(row: Consignment) -> Decimal:
    """Cash that its parcels still bring with them: what has arrived was paid at the door."""
    arrived = {parcel.pk for parcel in row.parcels.all() if parcel.state == ParcelState.DELIVERED}
    return sum((cash for key, cash in cash_by_parcel(row).items() if key not in arrived), Decimal(0))


def _badge(state: str) -> str:
    if state in ENDS_BADLY:
        return "badge--bad"
    return "badge--tea" if state == ParcelState.DELIVERED else ""


def _label(row: Consignment, state: ParcelState | DeliveryState) -> Any:
    """What the state is called; handed over to who fetches it, it has arrived."""
    if row.way != Way.PICKUP:
        return state.label
    arrived = state == ParcelState.HANDED_OVER
    return FETCHED.get(ParcelState.DELIVERED if arrived else state, state.label)


def _parcel(consignment: Consignment, parcel: Parcel) -> dict[str, Any]:
    state = ParcelState(parcel.state)
    return {
        "parcel": parcel,
        "label": _label(consignment, state),
        "badge": _badge(state),
        "steps": _steps(consignment, parcel, state),
        "contents": [f"{item.line.title} × {item.quantity}" for item in parcel.items.all()],
    }


def _steps(consignment: Consignment, parcel: Parcel, state: ParcelState) -> list[dict[str, Any]]:
    """The way of a parcel with the days it was there; after a bad end nothing more is to come."""
    days = _days(consignment, parcel)
    if state in ENDS_BADLY:
        passed = [
            {"label": step.label, "note": day(days[step]), "state": "done"} for step in WAY if step in days
        ]
        return [*passed, {"label": state.label, "note": day(parcel.state_since), "state": "bad"}]
    labels = FETCHED if consignment.way == Way.PICKUP else SENT
    reached = min(WAY.index(state), len(labels) - 1)
    notes = {at: day(days[step]) for at, step in enumerate(labels) if step in days and at <= reached}
    if reached < len(labels) - 1:
        facts = {"first": day(consignment.deliver_from), "last": day(consignment.deliver_to)}
        notes[len(labels) - 1] = _("Dự kiến %(first)s – %(last)s") % facts
    return [
        {"label": label, "note": notes.get(at, ""), "state": _standing(at, reached, len(labels) - 1)}
        for at, label in enumerate(labels.values())
    ]


def _days(consignment: Consignment, parcel: Parcel) -> dict[str, date]:
    """When the parcel came into each state; it was new when the order was placed.

    What was split off knows no earlier steps: they are those that the consignment's other parcels made before it.
    """
    placed: dict[str, date] = {ParcelState.NEW: consignment.order.date_placed}
    own = {change.after: change.at for change in _moves(parcel)}
    split = next((change for change in parcel.changes.all() if change.before == change.after), None)
    return placed | (_days_until(consignment, split) if split else {}) | own


def _days_until(consignment: Consignment, split: ParcelChange) -> dict[str, date]:
    """When the first of a consignment's parcels came into each state, as far as one was that `split` began with."""
    passed = WAY[: WAY.index(ParcelState(split.after)) + 1]
    moves = [
        change
        for parcel in consignment.parcels.all()
        for change in _moves(parcel)
        if change.after in passed and change.at <= split.at
    ]
    return {change.after: change.at for change in sorted(moves, key=lambda move: move.at, reverse=True)}


def _moves(parcel: Parcel) -> list[ParcelChange]:
    return [change for change in parcel.changes.all() if change.before != change.after]


def _standing(at: int, reached: int, last: int) -> str:
    if at < reached or reached == last:
        return "done"
    return "now" if at == reached else ""
