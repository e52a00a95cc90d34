"""The page on which a card pays: what Stripe says of the order's payment, and what is shown for it."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from marketplace.order.models import Order

from . import card
from .choosing import Ways
from .declines import words
from .models import Method, Payment, PaymentStatus
from .money import NotByCard
from .policy import lets_stripe_in
from .receiving import AmountDiffers
from .stripe_gateway import PROCESSING, SUCCEEDED, UNPAID, Away, Intent, Refused

__all__ = ["UNPAID", "Standing", "shown", "standing_of", "told_by_stripe"]

logger = logging.getLogger(__name__)
TRIAL = "pk_test_"  # how publishable keys begin that move no money


@dataclass(frozen=True)
class Standing:
    """A card payment and its intent. Without one, Stripe is `away`, has something else than was asked for (`differs`),
    or will not have this payment at all."""

    payment: Payment
    intent: Intent | None = None
    away: bool = False
    differs: bool = False

    @property
    def paid(self) -> bool:
        return self.intent is not None and self.intent.status == SUCCEEDED

    @property
    def waits(self) -> bool:
        """The bank has not answered yet: nothing to be done but wait."""
        return self.intent is not None and self.intent.status == PROCESSING


def standing_of(payment: Payment) -> Standing:
    """Asked of Stripe now; what has come is taken. Raises CannotPay for an order that ended meanwhile."""
    try:
        return Standing(*card.usable(payment))
    except Away:
        logger.warning("Stripe is away: payment %s", payment.pk)
        return Standing(payment, away=True)
    except AmountDiffers as error:
        card.tell_differs(payment, error)
        return Standing(payment, differs=True)
    except (Refused, NotByCard):
        logger.exception("Payment %s cannot be paid by card", payment.pk)
        return Standing(payment)


def told_by_stripe(order: Order) -> str:
    """How the intent of the order's last card payment stands, what has come taken; empty if that is not known."""
    payment = order.payments.filter(method=Method.CARD, reference__isnull=False).first()
    if payment is None:
        return ""
    if payment.status == PaymentStatus.SUCCEEDED:
        return SUCCEEDED
    try:
        intent = card.start(payment)
        card.take(payment, intent)
    except AmountDiffers as error:
        card.tell_differs(payment, error)
        return ""
    except (Away, Refused, NotByCard):
        logger.warning("Stripe was asked about payment %s in vain", payment.pk, exc_info=True)
        return ""
    return intent.status


@lets_stripe_in
def shown(request: HttpRequest, standing: Standing, ways: Ways) -> HttpResponse:
    """The fields of the card; or that the bank, or Stripe, is being waited for; the other ways beside."""
    payment = standing.payment
    context = {
        "order": payment.order,
        "payment": payment,
        "standing": standing,
        "others": ways.beside(Method.CARD),
        "key": settings.STRIPE_PUBLISHABLE_KEY,
        "script": settings.STRIPE_SCRIPT,
        "trial": settings.STRIPE_PUBLISHABLE_KEY.startswith(TRIAL),
        "back": request.build_absolute_uri(reverse("payment:back", kwargs={"token": payment.order.token})),
        "language": "en" if get_language() == "en" else "vi",
        "words": words(),
    }
    return render(request, "payment/card.html", context)
