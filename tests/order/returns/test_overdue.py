from datetime import datetime, timedelta

import pytest

from marketplace import clock
from marketplace.order.models import Consignment, ReturnRequest, ReturnState
from marketplace.order.returns.jobs import KIND, go_on
from marketplace.work.models import Job
from marketplace.work.queue import run_due
from tests.order.returns.cast import answer, ask, delivered, escalate

pytestmark = pytest.mark.django_db


def late(request: ReturnRequest, hours: int = 0) -> datetime:
    request.refresh_from_db()
    assert request.due_at
    return request.due_at + timedelta(hours=hours)


def state() -> str:
    return ReturnRequest.objects.get().state


def test_the_shop_takes_over_from_a_producer_who_does_not_answer() -> None:
    request = ask(delivered())
    with clock.at(late(request, -1)):
        run_due()
    assert state() == ReturnState.REQUESTED
    with clock.at(late(request)):
        run_due()
    assert state() == ReturnState.ESCALATED
    change = request.changes.get(after="escalated")
    assert (change.role, change.note) == ("system", "Nhà sản xuất không trả lời trong hạn.")


def test_looking_again_changes_nothing() -> None:
    request = ask(delivered())
    with clock.at(late(request)):
        for _ in range(3):
            run_due()
    assert request.changes.count() == 2
    assert Job.objects.filter(kind=KIND).count() == 1


def test_a_buyer_who_does_not_ask_the_shop_in_time_has_accepted_the_answer() -> None:
    request = ask(delivered())
    answer(request, accepted=False)
    with clock.at(late(request)):
        run_due()
    assert state() == ReturnState.LAPSED
    assert Consignment.objects.get().refund_total == 0


def test_who_answers_before_the_job_is_done_was_in_time() -> None:
    request = ask(delivered())
    with clock.at(late(request)):
        answer(request, accepted=True)
        go_on("", {"request": request.pk})
    assert state() == ReturnState.ACCEPTED


def test_both_deadlines_of_one_request_are_kept() -> None:
    request = ask(delivered())
    answer(request, accepted=False)
    escalate(request)
    with clock.at(clock.now() + timedelta(days=60)):
        run_due()
    assert state() == ReturnState.ESCALATED
