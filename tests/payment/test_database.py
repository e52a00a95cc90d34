"""What the database itself refuses of payments, refunds, disputes and events, whoever writes it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment.models import (
    Dispute,
    Payment,
    PaymentChange,
    ProviderEvent,
    Refund,
    RefundChange,
    RefundReason,
)
from tests import factories
from tests.payment.giving import grants, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """Paid; something of it goes back, something of it is disputed, and an event told of it."""
    found = paid((factories.product(price=100_000, stock=9), 2))
    grants(found, RefundReason.GOODWILL, amount=Decimal(5_000))
    now, payment = clock.now(), found.payments.get()
    Dispute.objects.create(
        payment=payment, reference="du_1", amount=1, reason="x", status="open", opened_at=now
    )
    ProviderEvent.objects.create(key="evt_1", type="x", payload={}, received_at=now)
    return found


@pytest.mark.parametrize(
    ("model", "change", "name"),
    [
        (Payment, {"amount": 0}, "payment_of_something"),
        (Payment, {"status": "lost"}, "payment_status_known"),
        (Payment, {"method": "gold"}, "payment_method_known"),
        (Payment, {"received": 1}, "payment_succeeded_with_what_was_asked"),
        (Payment, {"received": None}, "payment_succeeded_with_what_was_asked"),
        (Payment, {"ended_at": None}, "payment_succeeded_with_what_was_asked"),
        (Payment, {"status": "cancelled"}, "payment_succeeded_with_what_was_asked"),
        (Payment, {"method": "cash"}, "payment_of_cash_is_a_parcels"),
        (PaymentChange, {"role": "thief"}, "payment_change_role_known"),
        (Refund, {"amount": 0, "granted": 0}, "refund_of_something"),
        (Refund, {"granted": -1}, "refund_granted_within_amount"),
        (Refund, {"granted": 5_001}, "refund_granted_within_amount"),
        (Refund, {"reason": "none"}, "refund_reason_known"),
        (Refund, {"way": "cash"}, "refund_way_known"),
        (Refund, {"status": "succeeded"}, "refund_ended_or_on_the_way"),
        (Refund, {"status": "lost"}, "refund_"),
        (RefundChange, {"role": "thief"}, "refund_change_role_known"),
        (Dispute, {"amount": 0}, "dispute_of_something"),
        (Dispute, {"status": "perhaps"}, "dispute_status_known"),
        (Dispute, {"status": "won"}, "dispute_ended_at_its_end"),
        (ProviderEvent, {"state": "perhaps"}, "event_state_known"),
    ],
)
def test_what_no_row_may_say(order: Order, model: type[Model], change: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.update(**change)


@pytest.mark.parametrize(
    ("model", "same"),
    [
        (Payment, ("reference",)),
        (Payment, ("parcel",)),
        (Refund, ("key",)),
        (Refund, ("reference",)),
        (Refund, ("again_of",)),
        (Dispute, ("reference",)),
        (ProviderEvent, ("key",)),
    ],
)
def test_what_is_known_by_its_name_is_there_once(model: type[Model], same: tuple[str, ...]) -> None:
    unique = {field.name for field in model._meta.get_fields() if getattr(field, "unique", False)}
    assert unique.issuperset(same)
