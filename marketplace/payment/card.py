"""Payments by card: our row and Stripe's intent, kept together. Outside of transactions: Stripe is asked."""

import logging

from marketplace import clock
from marketplace.work.queue import enqueue

from .models import Method, Payment, PaymentStatus
from .opening import CLOSE_INTENT, cancel_payment, open_payment
from .receiving import AmountDiffers, receive
from .stripe_gateway import CANCELED, PROCESSING, SUCCEEDED, Intent, Refused, create_intent, retrieve_intent
from .unusable import tell_of

logger = logging.getLogger(__name__)


def start(payment: Payment) -> Intent:
    """The intent of an open card payment, made when it is first asked for. Raises money.NotByCard, Away, Refused.

    A crash between Stripe's answer and our note is harmless: asked again, Stripe gives the same intent.
    """
    if payment.reference:
        return retrieve_intent(payment.reference)
    intent = create_intent(payment)
    Payment.objects.filter(pk=payment.pk, reference__isnull=True).update(reference=intent.id)
    if not Payment.objects.filter(pk=payment.pk, status=PaymentStatus.OPEN).exists():
        # Given up while Stripe was making it; whoever gave it up did not know of it.
        enqueue(kind=CLOSE_INTENT, key=str(payment.pk), again=True)
    return intent


def payment_of(intent: Intent) -> Payment | None:
    """The payment that an intent belongs to, also when our note of its id was lost or is still to be made."""
    known = Payment.objects.filter(reference=intent.id).first()
    if known or not intent.payment.isdecimal():
        return known
    return Payment.objects.filter(pk=int(intent.payment), method=Method.CARD, reference__isnull=True).first()


def take(payment: Payment, intent: Intent) -> bool:
    """Take what has come by an intent that was just asked for; whether it has. Raises AmountDiffers."""
    if intent.status != SUCCEEDED:
        return False
    # Refunds and disputes find the payment by it; our own note may have been lost.
    Payment.objects.filter(pk=payment.pk, reference__isnull=True).update(reference=intent.id)
    if intent.amount is None:
        raise AmountDiffers(f"{payment}: {intent.id} was paid in {intent.currency}")
    receive(payment_id=payment.pk, amount=intent.amount, moment=clock.now(), note=intent.id)
    return True


def look(payment: Payment) -> bool:
    """Ask Stripe how a payment stands, and take what has come; whether it has.

    Raises money.NotByCard, Away, Refused, AmountDiffers.
    """
    return take(payment, start(payment))


def usable(payment: Payment) -> tuple[Payment, Intent]:
    """An order's open card payment with its intent as it stands, what has come taken.

    In place of one whose intent was cancelled, is unknown to Stripe (other keys), or would take something else than what
    is asked for, another is opened. Raises opening.CannotPay, money.NotByCard, Away, Refused, AmountDiffers.
    """
    try:
        intent = start(payment)
    except Refused:
        if not payment.reference:
            raise
    else:
        if _holds(payment, intent):
            take(payment, intent)
            return payment, intent
    moment = clock.now()
    cancel_payment(payment=payment, moment=moment, note="Stripe")
    other = open_payment(order_id=payment.order_id, method=Method.CARD, moment=moment)
    intent = start(other)
    take(other, intent)
    return other, intent


def _holds(payment: Payment, intent: Intent) -> bool:
    """Whether an intent is the one to go on with: the buyer pays what our page says, or has paid."""
    if intent.status in (SUCCEEDED, PROCESSING):
        return True
    return intent.status != CANCELED and intent.amount == payment.amount


def tell_differs(payment: Payment, error: AmountDiffers) -> None:
    """Staff look at what came by its intent; once, however often it is looked at. Outside of what is rolled back."""
    logger.warning("Payment %s needs somebody to look at it: %s", payment.pk, error)
    reference = Payment.objects.values_list("reference", flat=True).get(pk=payment.pk)
    tell_of(kind="payment_intent", about=str(reference), why=str(error))
