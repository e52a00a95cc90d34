"""What waits for somebody: on the first page of the admin, each with a way to the list that shows just that.

A visitor sees only what they may see, and only what there is; every number costs one query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.desk.mail.listing import NAME as MESSAGES
from cms.desk.mail.rights import VIEW as SEE_MESSAGES
from cms.desk.orders.parcels import NAME as PARCELS
from cms.desk.orders.rights import MOVE
from cms.desk.payments import listing as money
from cms.desk.payments.rights import EVENTS, TRANSFER
from cms.desk.questions import LIST as QUESTIONS
from cms.desk.reconciliation.differences import NAME as DIFFERENCES
from cms.desk.reconciliation.lines import NAME as LINES
from cms.desk.reconciliation.rights import CONFIRM, EXPLAIN, PROPOSE
from cms.desk.returns.listing import NAME as RETURNS
from cms.desk.returns.rights import HANDLE
from cms.desk.reviews import LIST as REVIEWS
from marketplace import clock
from marketplace.communication.models import Message, MessageState
from marketplace.order.models import Parcel, ParcelState, ReturnRequest, ReturnState
from marketplace.order.parcels import SETTLED
from marketplace.order.states import AT_PRODUCER
from marketplace.payment.sums import to_replace
from marketplace.questions.answering import ANSWER_RIGHT, MODERATE_RIGHT
from marketplace.questions.models import Question, QuestionReport, State
from marketplace.reconciliation.models import Difference, DifferenceState, Line, LineState
from marketplace.reviews import moderation
from marketplace.reviews.models import ProductReview, ReviewReport

UNSENT = (MessageState.FAILED, MessageState.UNCERTAIN)


@dataclass(frozen=True)
class Work:
    """`rows` are those that the list `where` shows when it is narrowed by `chosen`."""

    label: Promise
    right: str
    rows: Callable[[], QuerySet[Any]]
    where: str
    chosen: Mapping[str, str | tuple[str, ...]]

    @property
    def address(self) -> str:
        return f"{reverse(self.where)}?{urlencode(self.chosen, doseq=True)}"


def _parcels() -> QuerySet[Parcel]:
    return Parcel.objects.filter(consignment__order__payment_state__in=SETTLED)


def _late() -> QuerySet[Parcel]:
    return _parcels().filter(state__in=sorted(AT_PRODUCER), consignment__deliver_to__lt=clock.today())


def _reported(model: Any, reports: Any, what: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(
        Exists(reports.objects.filter(Q(decision=""), **{what: OuterRef("pk")}))
    )
    return rows


WORK = (
    Work(_("Kiện hàng chờ nhà sản xuất xác nhận"), MOVE, lambda: _parcels().filter(state=ParcelState.NEW), PARCELS, {"state": "new"}),
    Work(_("Kiện hàng chưa gửi, đã quá ngày hẹn"), MOVE, _late, PARCELS, {"late": "1"}),
    Work(_("Yêu cầu trả hàng chờ Chợ quyết định"), HANDLE, lambda: ReturnRequest.objects.filter(state=ReturnState.ESCALATED), RETURNS, {"state": "escalated"}),
    Work(_("Tiền trả lại chờ chuyển khoản"), TRANSFER, money.to_transfer, money.REFUNDS, {"waits": money.TO_TRANSFER}),
    Work(_("Tiền không trả lại được, chờ trả cách khác"), TRANSFER, to_replace, money.REFUNDS, {"waits": money.TO_REPLACE}),
    Work(_("Sự kiện thanh toán không dùng được"), EVENTS, money.unseen, money.PROVIDER_EVENTS, {"seen": "no"}),
    Work(_("Đánh giá bị báo cáo"), moderation.RIGHT, lambda: _reported(ProductReview, ReviewReport, "review"), REVIEWS, {"waits": "reports"}),
    Work(_("Câu hỏi bị báo cáo"), MODERATE_RIGHT, lambda: _reported(Question, QuestionReport, "question"), QUESTIONS, {"waits": "reports"}),
    Work(_("Câu hỏi chờ trả lời"), ANSWER_RIGHT, lambda: Question.objects.filter(state=State.WAITING), QUESTIONS, {"waits": "answer"}),
    Work(_("Dòng sao kê chưa rõ là tiền gì"), PROPOSE, lambda: Line.objects.filter(state=LineState.OPEN, carrier__isnull=True), LINES, {"state": "open", "kind": "bank"}),
    Work(_("Dòng sao kê chờ người thứ hai xác nhận"), CONFIRM, lambda: Line.objects.filter(state=LineState.PROPOSED), LINES, {"state": "proposed"}),
    Work(_("Tiền phải chuyển lại cho người gửi"), PROPOSE, lambda: Line.objects.filter(state=LineState.BACK), LINES, {"state": "back"}),
    Work(_("Chênh lệch đối soát chưa giải thích"), EXPLAIN, lambda: Difference.objects.filter(state=DifferenceState.OPEN), DIFFERENCES, {"state": "open"}),
    Work(_("Thư không gửi được hoặc không rõ đã gửi chưa"), SEE_MESSAGES, lambda: Message.objects.filter(state__in=UNSENT), MESSAGES, {"state": UNSENT}),
)  # fmt: skip


class WaitingPanel(Component):  # type: ignore[misc]
    """A panel of Wagtail's first page; empty for whoever may do nothing of it."""

    template_name = "cms/desk/waiting.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """`waiting`: what there is, as (label, number, address); `may` is false for whoever has none of the rights."""
        own = [work for work in WORK if self.request.user.has_perm(work.right)]
        counted = [(work.label, work.rows().count(), work.address) for work in own]
        return {"may": bool(own), "waiting": [one for one in counted if one[1]]}
