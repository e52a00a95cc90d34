"""Producers answer questions in public, by their people or by staff for them; moderators decide about reports."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.audit.models import record
from marketplace.reviews.moderation import CannotDecide, close_reports
from marketplace.reviews.reasons import Decision, Reason
from marketplace.reviews.speaking import check_moderator, spoken_for

from .messages import tell_asker
from .models import LONGEST_ANSWER, Question, State

ANSWER_RIGHT = "questions.answer_question"
MODERATE_RIGHT = "questions.moderate_question"


class CannotAnswer(ValueError):
    """The question cannot be answered or declined; the text says why."""


@transaction.atomic
def answer(*, question: Question, text: str, actor: Any) -> None:
    """Answer a waiting question, or mend the answer of one that is answered. Question and answer are public then,
    and the asker is told, once.

    Raises CannotAnswer for an empty or too long answer and for questions declined or hidden, PermissionDenied for
    whoever is neither of the producer nor staff with the right.
    """
    words = text.strip()
    if not 0 < len(words) <= LONGEST_ANSWER:
        raise CannotAnswer(_("Câu trả lời cần từ 1 đến %(most)d chữ cái.") % {"most": LONGEST_ANSWER})
    _settle(
        question,
        {"state": State.ANSWERED, "answer": words, "answered_at": clock.now(), "answered_by": actor},
        states=(State.WAITING, State.ANSWERED),
        action="question.answer",
        actor=actor,
    )


@transaction.atomic
def decline(*, question: Question, reason: Reason, actor: Any) -> None:
    """Leave a waiting question unanswered and unpublished, for a reason of the list. Raises as `answer` does."""
    _settle(
        question,
        {"state": State.DECLINED, "reason": reason},
        states=(State.WAITING,),
        action="question.decline",
        actor=actor,
    )


def _settle(
    question: Question, values: dict[str, Any], *, states: tuple[State, ...], action: str, actor: Any
) -> None:
    producer = question.product.producer
    assert producer is not None  # a constraint of the table for listed products
    acting_for = spoken_for(actor=actor, producer=producer, right=ANSWER_RIGHT, day=clock.today())
    before = {"state": question.state, "answer": question.answer}
    if not Question.objects.filter(pk=question.pk, state__in=states).update(**values):
        raise CannotAnswer(_("Câu hỏi này đã được xử lý ở nơi khác. Bạn tải lại trang nhé."))
    question.refresh_from_db()
    after = {
        "state": question.state,
        "answer": question.answer,
        "reason": question.reason,
        "producer": producer.pk,
    }
    record(action=action, target=question, actor=actor, acting_for=acting_for, before=before, after=after)
    tell_asker(question)


@transaction.atomic
def decide(*, question: Question, hide: Reason | None, why: str, actor: Any) -> None:
    """Close the open reports of a question: hide it with its answer, or keep it (`hide` is None).

    Raises CannotDecide without an open report, PermissionDenied for whoever lacks the right or is of the producer.
    """
    check_moderator(actor=actor, producer=question.product.producer, right=MODERATE_RIGHT, day=clock.today())
    decision = Decision.HIDDEN if hide else Decision.KEPT
    if not close_reports(question, decision=decision, why=why, actor=actor, moment=clock.now()):
        raise CannotDecide(_("Không còn báo cáo nào chờ quyết định."))
    if hide and not Question.objects.filter(pk=question.pk).hide(hide):
        raise CannotDecide(_("Câu hỏi này không còn hiện nữa."))
    after = {"reason": hide or "", "why": why}
    record(action=f"question.{decision}", target=question, actor=actor, after=after)


@transaction.atomic
def show_again(*, question: Question, why: str, actor: Any) -> None:
    """Take a hiding back. Raises CannotDecide when it is not hidden, PermissionDenied as `decide` does."""
    check_moderator(actor=actor, producer=question.product.producer, right=MODERATE_RIGHT, day=clock.today())
    if not Question.objects.filter(pk=question.pk).unhide():
        raise CannotDecide(_("Câu hỏi này đang hiện rồi."))
    record(action="question.shown_again", target=question, actor=actor, after={"why": why})
