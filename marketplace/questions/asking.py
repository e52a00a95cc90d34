"""Somebody who is signed in asks about a product."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace import clock
from marketplace.reviews.contacts import has_contact
from marketplace.reviews.names import public_name

from .models import LONGEST_QUESTION, SHORTEST_QUESTION, Question, State

MOST_A_DAY = 5


class CannotAsk(ValueError):
    """The question is not taken; the text says why."""


def ask(*, product: Product, user: Any, text: str, language: str) -> Question:
    """Put a question to the producer of a listed product. It becomes public with its answer.

    Raises CannotAsk for texts too short or long, or with a link, an e-mail address or a phone number, for more than
    MOST_A_DAY of one person within 24 hours, and for one that this person has asked and that still waits.
    """
    words = " ".join(text.split())
    if not SHORTEST_QUESTION <= len(words) <= LONGEST_QUESTION:
        told = _("Câu hỏi cần từ %(least)d đến %(most)d chữ cái, bạn đang viết %(now)d.")
        raise CannotAsk(told % {"least": SHORTEST_QUESTION, "most": LONGEST_QUESTION, "now": len(words)})
    if has_contact(words):
        raise CannotAsk(
            _("Câu hỏi sẽ hiện công khai. Bạn bỏ liên kết, email và số điện thoại ra khỏi câu hỏi nhé.")
        )
    own = Question.objects.filter(user=user)
    if own.filter(product=product, text=words, state=State.WAITING).exists():
        raise CannotAsk(_("Bạn đã hỏi câu này, nhà sản xuất chưa kịp trả lời."))
    if own.filter(asked_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise CannotAsk(_("Mỗi ngày bạn hỏi được %(most)d câu. Mai bạn hỏi tiếp nhé.") % {"most": MOST_A_DAY})
    return Question.objects.create(
        product=product, user=user, name=public_name(user.get_full_name()), text=words, language=language
    )
