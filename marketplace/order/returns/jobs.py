"""Scheduled work: requests whose days are over go on by themselves."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace import clock
from marketplace.order.models import ReturnRequest
from marketplace.order.parcels import SYSTEM
from marketplace.work.queue import enqueue_many, handles, on_every_run

from .moving import escalate_return, lapse_return
from .states import ReturnState

KIND = "order.return_overdue"


@on_every_run
def find_overdue() -> None:
    """A job for each request and state whose days are over; one that has a job already gets no other."""
    late = ReturnRequest.objects.filter(due_at__lte=clock.now()).order_by("due_at", "pk")
    jobs = [(f"{pk}:{state}", {"request": pk}) for pk, state in late.values_list("pk", "state")]
    if jobs:
        enqueue_many(kind=KIND, jobs=jobs)


@handles(KIND)
def go_on(key: str, payload: dict[str, Any]) -> None:
    """The shop takes over from a producer who did not answer; a buyer who did not ask the shop in time has accepted.

    Looks again first: whoever answered meanwhile was in time.
    """
    moment = clock.now()
    request = ReturnRequest.objects.filter(pk=payload["request"], due_at__lte=moment).first()
    if request is None:
        return
    with override("vi"):
        if request.state == ReturnState.REQUESTED:
            note = _("Nhà sản xuất không trả lời trong hạn.")
            escalate_return(request_id=request.pk, by=SYSTEM, moment=moment, note=note)
        else:
            note = _("Không ai nhờ Chợ xem xét trong hạn.")
            lapse_return(request_id=request.pk, by=SYSTEM, moment=moment, note=note)
