"""Moderators decide about reported reviews, and about nothing else: who sells can hide none (docs/adr/0011)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.audit.models import record
from marketplace.pictures.files import rename_secretly

from .models import ProductReview
from .rating import level_rating
from .reasons import Decision, Reason
from .speaking import check_moderator

RIGHT = "reviews.moderate_productreview"


class CannotDecide(ValueError):
    """There is nothing to decide, or it is decided already; the text says which."""


@transaction.atomic
def decide(*, review: ProductReview, hide: Reason | None, why: str, actor: Any) -> None:
    """Close the open reports of a review: hide it for a reason of the list, or keep it (`hide` is None).

    `why` is kept with the decision. Raises CannotDecide without an open report, PermissionDenied for whoever lacks
    the right or belongs to the producer.
    """
    _check(review, actor)
    decision = Decision.HIDDEN if hide else Decision.KEPT
    if not close_reports(review, decision=decision, why=why, actor=actor, moment=clock.now()):
        raise CannotDecide(_("Không còn báo cáo nào chờ quyết định."))
    if hide and not ProductReview.objects.filter(pk=review.pk).hide(hide):
        raise CannotDecide(_("Đánh giá này đã bị ẩn từ trước."))
    if hide:
        _hide_photos(review)
    _settle(review, f"review.{decision}", {"reason": hide or "", "why": why}, actor)


@transaction.atomic
def show_again(*, review: ProductReview, why: str, actor: Any) -> None:
    """Take a decision back. Raises CannotDecide when the review is not hidden, PermissionDenied as `decide` does."""
    _check(review, actor)
    if not ProductReview.objects.filter(pk=review.pk).unhide():
        raise CannotDecide(_("Đánh giá này đang hiện rồi."))
    _settle(review, "review.shown_again", {"why": why}, actor)


def close_reports(target: Any, *, decision: Decision, why: str, actor: Any, moment: datetime) -> int:
    """Decide all open reports of a review or a question; how many there were."""
    closed: int = target.reports.filter(decision="").update(
        decision=decision, decided_at=moment, decided_by=actor, decided_why=why
    )
    return closed


def _hide_photos(review: ProductReview) -> None:
    """Moderators go on seeing them, by addresses that nobody else has been given."""
    for photo in review.photos.all():
        photo.original, photo.shown = rename_secretly(str(photo.original)), ""
        photo.save(update_fields=["original", "shown"])


def _check(review: ProductReview, actor: Any) -> None:
    producer = review.product.producer if review.product else None
    check_moderator(actor=actor, producer=producer, right=RIGHT, day=clock.today())


def _settle(review: ProductReview, action: str, after: dict[str, Any], actor: Any) -> None:
    before = {"status": review.status, "reason": review.hidden_reason}
    review.refresh_from_db()
    record(action=action, target=review, actor=actor, before=before, after=after)
    if review.product_id:
        level_rating(review.product_id)
