"""What orders know of a person, and how long. The law has amounts kept; whom the goods went to is kept for a time."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import User
from marketplace.accounts.privacy import Person, register

from .access import orders_of
from .derived import OPEN
from .models import Consignment, InvoiceRequest, Order, Parcel, ParcelChange, Role, ShippingAddress
from .models.order import NOBODY
from .returns import privacy as returns
from .signals import persons_forgotten

AT_ONCE = 200
_BLANK = dict.fromkeys(("title", "first_name", "last_name", "line1", "line2", "line3", "postcode", "phone_number",
                        "notes", "former_address", "search_text"), "")  # fmt: skip


def _open_parcels() -> QuerySet[Parcel]:
    return Parcel.objects.filter(consignment__order=OuterRef("pk"), state__in=sorted(OPEN))


def _orders(person: Person) -> QuerySet[Order]:
    """Those that the account shows: its own, and guests' with an address or number that it has confirmed."""
    return orders_of(User.objects.get(pk=person.user_id))


def _stops(person: Person) -> list[str]:
    words = _("Đơn %(number)s còn kiện chưa giao xong. Bạn chờ nhận hàng, hoặc hủy khi còn hủy được.")
    own = Order.objects.filter(user_id=person.user_id)
    waiting = own.filter(Exists(_open_parcels())).values_list("number", flat=True)
    asked = _("Yêu cầu trả hàng %(number)s chưa xong. Bạn chờ kết quả, hoặc rút lại yêu cầu.")
    return [
        *(words % {"number": number} for number in waiting),
        *(asked % {"number": number} for number in returns.undecided(own)),
    ]


def _export(person: Person) -> list[dict[str, Any]]:
    rows = _orders(person).select_related(
        "invoice_request", "shipping_address__province", "shipping_address__commune"
    )
    parts = ("lines", "partner", "parcels__changes", "returns__photos")
    return [_order(order) for order in rows.prefetch_related(*(f"consignments__{part}" for part in parts))]


def _order(order: Order) -> dict[str, Any]:
    address = order.shipping_address
    return {
        "number": order.number,
        "placed": order.date_placed,
        "payment": order.payment_state,
        "goods": order.goods_total,
        "shipping": order.shipping_incl_tax,
        "total": order.total_incl_tax,
        "email": order.guest_email,
        "phone": order.phone,
        "note": order.note,
        "terms": {"version": order.terms_version, "accepted": order.terms_accepted_at},
        "said_to_be_of_age": order.adult_declared_at,
        "recipient": {
            "name": address.first_name,
            "phone": str(address.phone_number or ""),
            "street": address.line1,
            "place": address.place,
            "former_address": address.former_address,
            "notes": address.notes,
        },
        "invoice": _invoice(getattr(order, "invoice_request", None)),
        "consignments": [_consignment(row) for row in order.consignments.all()],
    }


def _invoice(asked: InvoiceRequest | None) -> dict[str, str] | None:
    if asked is None:
        return None
    return {
        "tax_code": asked.tax_code,
        "company": asked.company,
        "address": asked.address,
        "email": asked.email,
    }


def _consignment(row: Consignment) -> dict[str, Any]:
    lines = [{"title": line.title, "size": line.size, "quantity": line.quantity, "price": line.line_price_incl_tax}
             for line in row.lines.all()]  # fmt: skip
    return {
        "number": row.number,
        "producer": row.partner.name,
        "total": row.total,
        "note": row.note,
        "lines": lines,
        "reasons": sorted(_reasons(row)),
        "returns": returns.told(row),
    }


def _reasons(row: Consignment) -> set[str]:
    """What the buyer said when cancelling."""
    changes = [change for parcel in row.parcels.all() for change in parcel.changes.all()]
    return {change.note for change in changes if change.role == Role.BUYER and change.note}


def _erase(person: Person, moment: datetime) -> None:
    """Before the account goes: its orders are not to be found by whoever signs up with its address or number next."""
    Order.objects.filter(pk__in=_orders(person).order_by().values("pk")).update(owner_erased=True)


def forget_persons(*, moment: datetime) -> int:
    """Take name, phone, address and words out of orders that are old enough and have nothing under way, guests' and
    account holders' alike; how many. Amounts, goods, province and commune stay. At most AT_ONCE, oldest first."""
    before = moment - timedelta(days=settings.ORDER_PERSON_DAYS)
    old = Order.objects.filter(date_placed__lt=before).exclude(phone=NOBODY).exclude(Exists(_open_parcels()))
    keys = list(old.order_by("date_placed", "pk").values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        _forget(keys)
    return len(keys)


def forget_invoices(*, moment: datetime) -> None:
    """What companies asked invoices for goes when the time of bookkeeping is over."""
    before = moment - timedelta(days=settings.ORDER_INVOICE_DAYS)
    InvoiceRequest.objects.filter(order__date_placed__lt=before).delete()


@transaction.atomic
def _forget(orders: list[int]) -> None:
    chosen = Order.objects.filter(pk__in=orders)
    addresses = list(chosen.values_list("shipping_address_id", flat=True))
    ShippingAddress.objects.filter(pk__in=addresses).update(**_BLANK)
    Consignment.objects.filter(order__in=orders).update(note="", gift_message="")
    said = ParcelChange.objects.filter(parcel__consignment__order__in=orders, role=Role.BUYER)
    said.update(note="")
    returns.forget(orders)
    persons_forgotten.send(sender=Order, orders=orders)
    chosen.update(phone=NOBODY, guest_email="", note="")


def register_own() -> None:
    register("orders", title=gettext_lazy("Đơn hàng"), export=_export, erase=_erase, stops=_stops)
