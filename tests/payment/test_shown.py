"""What papers say of an order's money adds up, and says the same as its page."""

from decimal import Decimal
from typing import Any

import pytest

from marketplace import clock
from marketplace.look.figures import dong
from marketplace.order.models import ParcelState
from marketplace.payment.models import Dispute, Method, RefundReason, RefundStatus
from marketplace.payment.refund_states import move_refund
from marketplace.payment.shown import paper_rows
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.payment.giving import grants, paid
from tests.payment.waiting import opened, pays, waiting

pytestmark = pytest.mark.django_db


def test_a_refund_that_failed_takes_nothing_off() -> None:
    order = paid((factories.product(price=100_000), 2))
    bring(parcel_of(order), ParcelState.DELIVERED)
    (made,) = grants(order, RefundReason.GOODWILL, amount=Decimal(30_000))
    assert dict(paper_rows(order)[1])["Trả lại: thiện chí (chờ trả lại)"] == f"−{dong(30_000)}"
    move_refund(refund_id=made.pk, to=RefundStatus.FAILED, moment=clock.now(), note="Sai số.")
    rows = dict(paper_rows(order)[1])
    assert rows[f"Trả lại: thiện chí (không trả lại được, {dong(30_000)})"] == dong(0)
    assert rows["Chợ còn phải trả lại bạn"] == dong(30_000)


@pytest.mark.parametrize(("status", "sign"), [("open", ""), ("won", ""), ("lost", "−")])
def test_a_bank_that_took_the_money_took_it_off(status: str, sign: str) -> None:
    order = waiting((factories.product(price=100_000), 2))
    payment = opened(order, Method.CARD)
    pays(payment)
    moment = clock.now()
    ended: dict[str, Any] = {} if status == "open" else {"ended_at": moment}
    Dispute.objects.create(
        payment=payment, reference="du_1", amount=payment.amount, reason="fraudulent", status=status,
        opened_at=moment, **ended,
    )  # fmt: skip
    assert paper_rows(order)[1][-1][1] == f"{sign}{dong(payment.amount)}"
