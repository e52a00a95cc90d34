"""People at the same moment, over connections of their own."""

from typing import Any

import pytest

from marketplace.order.models import Consignment, ReturnChange, ReturnRequest
from marketplace.order.returns.asking import CannotReturn
from tests.checkout.crowd import at_once
from tests.order.returns.cast import (
    answer,
    ask,
    close,
    decide,
    delivered,
    escalate,
    part_of,
    receive,
    withdraw,
)

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def tried(act: Any, *args: Any, **options: Any) -> Any:
    """What came of it: a change, or why not."""

    def attempt() -> Any:
        try:
            return act(*args, **options)
        except CannotReturn as error:
            return str(error)

    return attempt


def test_of_two_decisions_at_once_one_wins_and_the_other_hears_why() -> None:
    request = ask(delivered())
    answer(request, accepted=False)
    escalate(request)
    came = at_once([tried(decide, request, granted=granted) for granted in (True, False)])
    (won,) = [one for one in came if isinstance(one, ReturnChange)]
    (told,) = [one for one in came if isinstance(one, str)]
    assert ReturnRequest.objects.get().state == won.after
    assert f"đang là “{won.get_after_display()}”" in told
    promised = request.refund_amount if won.after == "granted" else 0
    assert Consignment.objects.get().refund_total == promised


def test_a_buyer_who_withdraws_while_the_producer_accepts_gets_one_of_both() -> None:
    request = ask(delivered())
    came = at_once([tried(withdraw, request), tried(answer, request, accepted=True)])
    assert len([one for one in came if isinstance(one, ReturnChange)]) == 1
    assert request.changes.count() == 2


def test_a_form_sent_many_times_at_once_makes_one_request() -> None:
    order = delivered()
    came = at_once([tried(ask, order, key="khoa", pieces=1) for _ in range(6)])
    assert {one.pk for one in came} == {ReturnRequest.objects.get().pk}


def test_of_many_tabs_at_once_one_gets_the_line() -> None:
    order = delivered(3)
    came = at_once([tried(ask, order, key=f"khoa-{tab}", pieces=2) for tab in range(4)])
    made = ReturnRequest.objects.get()
    assert len([one for one in came if isinstance(one, str) and made.number in one]) == 3


def test_goods_come_back_once_however_many_click() -> None:
    request = ask(delivered(3))
    answer(request, accepted=True)
    line = part_of(request.consignment.order).lines.get()
    at_once([tried(receive, request, {line.pk: 3}) for _ in range(3)] + [tried(close, request)])
    line.stockrecord.refresh_from_db()
    goods_back = request.changes.filter(after="received").exists()
    assert line.stockrecord.num_in_stock == (20 if goods_back else 17)
