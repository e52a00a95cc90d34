"""What happened to an order: every move of a parcel, every step of a return, every entry of the audit table; newest
first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.audit.models import Entry
from marketplace.look.figures import dong
from marketplace.order import tracking
from marketplace.order.models import Consignment, Order, Parcel, ParcelChange, ReturnChange, Role
from marketplace.order.models.change import Change
from marketplace.payment import granting

from . import messages

OPENED = "order_opened"
SHOWN = 100
ACTIONS = {
    OPENED: gettext_lazy("Mở xem đơn"),
    messages.SENT: gettext_lazy("Gửi lại liên kết cho người mua"),
    tracking.ACTION: gettext_lazy("Sửa mã vận đơn"),
    granting.ACTION: gettext_lazy("Trả lại tiền cho người mua"),
    granting.REFUSED: gettext_lazy("Muốn trả lại tiền nhưng bị từ chối"),
}


@dataclass(frozen=True)
class Event:
    """One line of the history. `about` is the number of a parcel or a return, or empty; `who` says the part where
    nobody signed in."""

    at: datetime
    who: str
    acting_for: str
    about: str
    what: str
    note: str = ""


def history(order: Order, consignments: Iterable[Consignment]) -> list[Event]:
    """The last moves, steps and entries, without those that tell that somebody looked. `consignments` have their
    parcels."""
    numbers = {parcel.pk: str(parcel) for part in consignments for parcel in part.parcels.all()}
    partners = {part.partner_id: str(part.partner) for part in consignments}
    changes = ParcelChange.objects.filter(parcel__in=numbers).select_related("actor", "acting_for")
    entries = _entries(order, consignments, numbers).exclude(action=OPENED)
    events = [_moved(change, numbers) for change in changes.order_by("-at", "-pk")[:SHOWN]]
    steps = ReturnChange.objects.filter(request__consignment__order=order)
    steps = steps.select_related("request", "actor", "acting_for").order_by("-at", "-pk")
    events += [_returned(step) for step in steps[:SHOWN]]
    events += [_noted(entry, numbers, partners) for entry in entries[:SHOWN]]
    return sorted(events, key=lambda event: event.at, reverse=True)[:SHOWN]


def openings(order: Order) -> list[Entry]:
    """The last times that somebody opened the order here."""
    kind = ContentType.objects.get_for_model(Order)
    found = Entry.objects.filter(content_type=kind, object_id=str(order.pk), action=OPENED)
    return list(found.select_related("actor")[:20])


def _entries(order: Order, consignments: Iterable[Consignment], parcels: Iterable[int]) -> QuerySet[Entry]:
    kinds = ContentType.objects.get_for_models(Order, Consignment, Parcel)
    mine = Q(content_type=kinds[Order], object_id=str(order.pk))
    parts = [str(part.pk) for part in consignments]
    mine |= Q(content_type=kinds[Consignment], object_id__in=parts)
    mine |= Q(content_type=kinds[Parcel], object_id__in=[str(key) for key in parcels])
    return Entry.objects.filter(mine).select_related("actor", "content_type")


def _moved(change: ParcelChange, numbers: dict[int, str]) -> Event:
    before, after = change.get_before_display(), change.get_after_display()
    what = _("Tách sang kiện này") if change.before == change.after else f"{before} → {after}"
    return _event(change, about=numbers[change.parcel_id], what=what, note=change.note)


def _returned(change: ReturnChange) -> Event:
    return _event(
        change,
        about=change.request.number,
        what=_("Trả hàng: %(state)s") % {"state": change.get_after_display()},
        note=change.note,
    )


def _event(change: Change, **said: str) -> Event:
    return Event(
        at=change.at,
        who=str(change.actor or Role(change.role).label),
        acting_for=str(change.acting_for or ""),
        **said,
    )


def _noted(entry: Entry, numbers: dict[int, str], partners: dict[int, str]) -> Event:
    of_parcel = entry.content_type.model == "parcel"
    after = entry.after or {}
    return Event(
        at=entry.at,
        who=str(entry.actor or Role.SYSTEM.label),
        acting_for=partners.get(after.get("acting_for_partner", 0), ""),
        about=numbers.get(int(entry.object_id), "") if of_parcel else "",
        what=str(ACTIONS.get(entry.action, entry.action)),
        note=_note(entry, after),
    )


def _note(entry: Entry, after: dict[str, Any]) -> str:
    if entry.action == tracking.ACTION:
        return _tracked(entry.before or {}, after)
    if entry.action == granting.ACTION:
        return f"{dong(after.get('amount', 0))}, {after.get('words', '')}"
    if entry.action == granting.REFUSED:
        return str(after.get("reason", ""))
    return ""


def _tracked(before: dict[str, Any], after: dict[str, Any]) -> str:
    old, new = (f"{one.get('carrier', '')} {one.get('number', '')}".strip() or "–" for one in (before, after))
    return f"{old} → {new}"
