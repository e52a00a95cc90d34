"""What holds at every time, whatever happened, worked out beside the shop's own sums; and what holds once all is quiet."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from marketplace.communication.models import Message
from marketplace.order.cash import cash_by_parcel
from marketplace.order.models import Consignment, Order, Parcel, ParcelItem, PaymentState, ReturnItem
from marketplace.order.states import AT_PRODUCER, ParcelState
from marketplace.partner.models import StockRecord
from marketplace.payment.models import (
    Dispute,
    Method,
    Payment,
    PaymentStatus,
    Refund,
    RefundReason,
    RefundStatus,
)
from marketplace.payment.models.dispute import TAKEN
from marketplace.payment.sums import sums_of

from .world import World

LEFT = frozenset(ParcelState) - AT_PRODUCER - {ParcelState.CANCELLED}
ZERO = Decimal(0)


def total(rows: Any, field: str) -> Decimal:
    found: Decimal | None = rows.aggregate(sum=Sum(field))["sum"]
    return found or ZERO


def check(world: World) -> None:
    """At every time."""
    _stock(world)
    _payments()
    for order in Order.objects.order_by("pk"):
        _order(order)
    _mails()


def _stock(world: World) -> None:
    for record in StockRecord.objects.filter(product__in=world.products):
        pieces = ParcelItem.objects.filter(line__stockrecord=record)
        promised = total(pieces.filter(parcel__state__in=sorted(AT_PRODUCER)), "quantity")
        left = total(pieces.filter(parcel__state__in=sorted(LEFT)), "quantity")
        back = world.restocked.get(record.product_id, 0)
        back += int(total(ReturnItem.objects.filter(line__stockrecord=record), "restocked"))
        assert record.num_in_stock == world.stock - left + back, (
            "stock leaves with parcels and comes back with goods"
        )
        assert (record.num_allocated or 0) == promised, "what is promised lies in parcels"
        assert 0 <= promised <= record.num_in_stock, "nothing is sold twice"


def _payments() -> None:
    open_ones = Order.objects.annotate(n=Count("payments", filter=Q(payments__status=PaymentStatus.OPEN)))
    assert not open_ones.filter(n__gt=1).exists()
    for payment in Payment.objects.filter(status=PaymentStatus.SUCCEEDED):
        refunds = Refund.objects.filter(payment=payment).exclude(status=RefundStatus.FAILED)
        assert payment.received is not None
        assert total(refunds, "amount") <= payment.received, "no more goes back than came"


def _order(order: Order) -> None:
    parts = Consignment.objects.filter(order=order)
    assert total(parts, "total") == order.total_incl_tax, "the parts are the whole, as it was placed"
    succeeded = Payment.objects.filter(order=order, status=PaymentStatus.SUCCEEDED)
    refunds = Refund.objects.filter(payment__order=order)
    disputed = Dispute.objects.filter(payment__order=order)
    received = total(succeeded, "received")
    refunded = total(refunds.exclude(status=RefundStatus.FAILED), "amount")
    cancelled, returned = total(parts, "cancelled_total"), total(parts, "refund_total")
    sums = sums_of(order.pk)
    assert (sums.received, sums.refunded, sums.cancelled) == (received, refunded, cancelled)
    assert 0 <= sums.goodwill <= total(refunds, "granted")
    assert received - refunded + sums.due == order.total_incl_tax - cancelled - returned - sums.goodwill
    state = order.payment_state
    if state == PaymentState.AWAITING_PAYMENT:
        assert not succeeded.exists(), "no money without an order that says so"
        assert sums.due == order.total_incl_tax - cancelled
    elif state == PaymentState.CASH_DUE:
        due = sum((_to_collect(part) for part in parts), ZERO)
        assert sums.due + sums.owed_to_buyer >= due - sums.goodwill - returned, "what parcels bring is owed"
    else:
        assert succeeded.exists() or state == PaymentState.CANCELLED
        taken = total(disputed.filter(status__in=sorted(TAKEN)), "amount")
        failed = total(refunds.filter(status=RefundStatus.FAILED, again__isnull=True), "amount")
        assert -sums.due <= sums.promised + failed + taken, "what is not owed goes back"
        assert sums.due <= 0, "what is owed stays"
    paid = succeeded.exclude(method=Method.CASH).exclude(pk__in=disputed.values("payment"))
    paid = paid.exclude(refunds__reason__in=[RefundReason.TWICE, RefundReason.LATE, RefundReason.PROVIDER])
    assert paid.count() <= 1, "an order is paid once; what came twice goes back"


def _to_collect(part: Consignment) -> Decimal:
    arrived = set(part.parcels.filter(state=ParcelState.DELIVERED).values_list("pk", flat=True))
    return sum((cash for key, cash in cash_by_parcel(part).items() if key not in arrived), ZERO)


def _mails() -> None:
    again = Message.objects.values("kind", "key").annotate(n=Count("pk")).filter(n__gt=1)
    assert not again.exists(), "each thing is told once"
    for payment in Payment.objects.filter(status=PaymentStatus.SUCCEEDED).exclude(method=Method.CASH):
        told = Message.objects.filter(
            Q(kind="payment_received", data__payment=payment.pk)
            | Q(kind="payment_refunded", data__refund__in=list(payment.refunds.values_list("pk", flat=True)))
        )
        assert told.exists() or payment.disputes.exists(), "money that came is told of"


def _refunds_agree(world: World, payment: Payment, intent: Any) -> None:
    ours = Refund.objects.filter(payment=payment, way=Method.CARD)
    theirs = world.stripe.v1.refunds.list({"payment_intent": intent.id, "limit": 100}).data
    gone = [one for one in theirs if one.status in {"succeeded", "pending"}]
    alive = ours.filter(status__in=[RefundStatus.SUCCEEDED, RefundStatus.PENDING])
    at_stripe = {(one.id, one.amount) for one in gone}
    here = {(one.reference, int(one.amount)) for one in alive}
    assert at_stripe == here, f"at Stripe alone {at_stripe - here}, here alone {here - at_stripe}"
    assert not ours.filter(status=RefundStatus.DUE).exists(), "what is due has been asked for"


def check_quiet(world: World) -> None:
    """Once nothing is on its way any more: what Stripe and the bank have is what the shop says."""
    for intent in world.stripe.v1.payment_intents.list({"limit": 100}).auto_paging_iter():
        payment = Payment.objects.filter(reference=intent.id).first()
        if intent.status == "succeeded":
            assert payment is not None, "no charge without a payment that says so"
            assert (payment.status, payment.received) == (PaymentStatus.SUCCEEDED, intent.amount_received)
            _refunds_agree(world, payment, intent)
        elif payment is not None:
            assert payment.status != PaymentStatus.SUCCEEDED
    late = Order.objects.filter(payment_state=PaymentState.AWAITING_PAYMENT, payment_due_at__lt=world.now)
    assert not late.exists(), "what is not paid ends"
    for payment in Payment.objects.filter(method=Method.TRANSFER):
        came = [amount for key, amount in world.arrived if key == payment.pk]
        enough = [amount for amount in came if amount >= payment.amount]
        assert (payment.status == PaymentStatus.SUCCEEDED) == bool(enough)
    moved = Parcel.objects.exclude(state__in=[ParcelState.NEW, ParcelState.CANCELLED])
    unpaid = [PaymentState.AWAITING_PAYMENT, PaymentState.CANCELLED]
    assert (
        not moved.filter(consignment__order__payment_state__in=unpaid)
        .exclude(state__in=[ParcelState.RETURNED, ParcelState.LOST])
        .exists()
    ), "nothing is prepared before it is paid"
