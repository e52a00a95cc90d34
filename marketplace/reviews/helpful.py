"""Readers who are signed in say that a review helped them."""

from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from .models import ProductReview


@transaction.atomic
def mark_helpful(*, review: ProductReview, user: Any) -> None:
    """Count the reader once; again, take it back. One's own review is not counted."""
    if review.user_id == user.pk:
        return
    votes = get_model("reviews", "Vote").objects.filter(review=review)
    # In one go, and so past Oscar's saving, which would write the whole review anew.
    if not votes.filter(user=user).delete()[0]:
        votes.bulk_create([votes.model(review=review, user=user, delta=1)], ignore_conflicts=True)
    number = votes.count()
    ProductReview.objects.filter(pk=review.pk).update(delta_votes=number, total_votes=number)
