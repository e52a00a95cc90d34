"""What the order's page shows, gathered in few queries."""

from typing import Any

from django.utils.translation import gettext as _

from catalogue.cards import first_picture
from marketplace.look.figures import day

from .models import Consignment, Order, Parcel, ParcelState
from .states import ENDS_BADLY, WAY


def order_context(order: Order) -> dict[str, Any]:
    """`order`, `consignments` (consignment, parcels with state and steps, lines) and the sums."""
    rows = order.consignments.select_related("partner__producer").prefetch_related(
        "parcels", "lines__product__images", "lines__product__parent__images"
    )
    consignments = [
        {
            "consignment": row,
            "parcels": [_parcel(row, parcel) for parcel in row.parcels.all()],
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
        for row in rows
    ]
    pieces = sum(line.quantity for row in rows for line in row.lines.all())
    return {"order": order, "address": order.shipping_address, "consignments": consignments, "pieces": pieces}


def _parcel(consignment: Consignment, parcel: Parcel) -> dict[str, Any]:
    state = ParcelState(parcel.state)
    badge = "badge--bad" if state in ENDS_BADLY else "badge--tea" if state == ParcelState.DELIVERED else ""
    return {
        "parcel": parcel,
        "label": state.label,
        "badge": badge,
        "steps": _steps(consignment, parcel, state),
    }


def _steps(consignment: Consignment, parcel: Parcel, state: ParcelState) -> list[dict[str, Any]]:
    """The way of a parcel with the days we know; a bad end stands alone after the beginning."""
    since = day(parcel.state_since)
    if state in ENDS_BADLY:
        first = {"label": ParcelState.NEW.label, "state": "done"}
        return [first, {"label": state.label, "note": since, "state": "bad"}]
    reached = WAY.index(state)
    expected = _("Dự kiến %(first)s – %(last)s") % {
        "first": day(consignment.deliver_from),
        "last": day(consignment.deliver_to),
    }
    notes = {reached: since} | ({} if state == ParcelState.DELIVERED else {len(WAY) - 1: expected})
    return [
        {"label": step.label, "note": notes.get(at, ""), "state": _standing(at, reached)}
        for at, step in enumerate(WAY)
    ]


def _standing(at: int, reached: int) -> str:
    if at < reached or reached == len(WAY) - 1:
        return "done"
    return "now" if at == reached else ""
