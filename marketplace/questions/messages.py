"""What askers are told: the answer, or that and why there will be none."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.communication.outbox import post

from .models import Question, State

ANSWERED, DECLINED = "question_answered", "question_declined"


def tell_asker(question: Question) -> None:
    """Once when it is answered, or once when it is declined, in the transaction of that."""
    if question.user is None:
        return
    kind = ANSWERED if question.state == State.ANSWERED else DECLINED
    post(
        kind=kind,
        key=f"{kind}:{question.pk}",
        data={"question": question.pk},
        to=question.user.email or "",
        user_id=question.user.pk,
        language=question.language,
    )


def _found(data: Mapping[str, Any], state: State) -> Context | None:
    rows = Question.objects.select_related("product__producer__partner")
    question = rows.filter(pk=data["question"], state=state).first()
    if question is None:
        return None
    producer = question.product.producer
    return {
        "product": question.product.title,
        "maker": producer.name if producer else "",
        "question": question.text,
        "answer": question.answer,
        "why": question.get_reason_display(),
        "link": f"{question.product.get_absolute_url()}#hoi-dap",
    }


def _answered(data: Mapping[str, Any]) -> Context | None:
    return _found(data, State.ANSWERED)


def _declined(data: Mapping[str, Any]) -> Context | None:
    return _found(data, State.DECLINED)


def _sample() -> Context:
    return {
        "product": "Chè Shan tuyết Phìn Hồ",
        "maker": "Hợp tác xã chế biến chè Phìn Hồ",
        "question": "Trà này pha nước bao nhiêu độ thì ngon ạ?",
        "answer": "Bạn pha nước khoảng 85 độ, ủ hai phút.",
        "why": str(_("không nói về sản phẩm này")),
        "link": reverse("search:browse"),
    }


register(Kind(name=ANSWERED, title=_("Câu hỏi có trả lời"), context=_answered, sample=_sample))
register(Kind(name=DECLINED, title=_("Câu hỏi không được trả lời"), context=_declined, sample=_sample))
