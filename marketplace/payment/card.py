"""Payments by card: our row and Stripe's intent, kept together."""

from marketplace import clock

from .models import Method, Payment
from .receiving import receive
from .stripe_gateway import SUCCEEDED, Intent, create_intent, retrieve_intent


def start(payment: Payment) -> Intent:
    """The intent of an open card payment, made when it is first asked for. Raises money.NotByCard, Away, Refused.

    A crash between Stripe's answer and our note is harmless: asked again, Stripe gives the same intent.
    """
    if payment.reference:
        return retrieve_intent(payment.reference)
    intent = create_intent(payment)
    Payment.objects.filter(pk=payment.pk, reference__isnull=True).update(reference=intent.id)
    return intent


def payment_of(intent: Intent) -> Payment | None:
    """The payment that an intent belongs to, also when our note of its id was lost or is still to be made."""
    known = Payment.objects.filter(reference=intent.id).first()
    if known or not intent.payment.isdecimal():
        return known
    return Payment.objects.filter(pk=int(intent.payment), method=Method.CARD, reference__isnull=True).first()


def look(payment: Payment) -> bool:
    """Ask Stripe how a payment stands, and take what has come; whether it has. Raises Away, Refused, AmountDiffers."""
    intent = start(payment)
    if intent.status != SUCCEEDED:
        return False
    receive(payment_id=payment.pk, amount=intent.amount, moment=clock.now(), note=intent.id)
    return True
