"""The producer's one public answer to a review."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.audit.models import record

from .models import LONGEST_REPLY, ProductReview, ReviewReply
from .speaking import spoken_for

RIGHT = "reviews.answer_productreview"


class CannotReply(ValueError):
    """The answer cannot be given; the text says why."""


@transaction.atomic
def reply(*, review: ProductReview, text: str, actor: Any) -> ReviewReply:
    """Answer a review for the producer of its product, once. Recorded with who wrote, for whom.

    Raises CannotReply for a review that is answered, hidden, or whose product is gone, PermissionDenied for whoever
    is neither of the producer nor staff with the right.
    """
    if review.product is None or review.is_hidden or not 0 < len(text) <= LONGEST_REPLY:
        raise CannotReply(_("Đánh giá này không trả lời được."))
    producer = review.product.producer
    acting_for = spoken_for(actor=actor, producer=producer, right=RIGHT, day=clock.today())
    try:
        with transaction.atomic():
            made = ReviewReply.objects.create(review=review, producer=producer, text=text, written_by=actor)
    except IntegrityError as error:
        raise CannotReply(_("Đánh giá này đã có trả lời.")) from error
    after = {"text": text, "producer": producer.pk}
    record(action="review.reply", target=review, actor=actor, acting_for=acting_for, after=after)
    return made
