"""What reviews know of a person. A review outlives the account, without name: it is other buyers' to read."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.privacy import Person, register

from .models import ProductReview


def _export(person: Person) -> list[Any]:
    own = ProductReview.objects.filter(user_id=person.user_id).prefetch_related("photos")
    return [
        {
            "product_id": review.product_id,
            "score": review.score,
            "body": review.body,
            "name": review.name,
            "date_created": review.date_created,
            "photos": [str(photo.original) for photo in review.photos.all()],
        }
        for review in own
    ]


def _erase(person: Person, moment: datetime) -> None:
    with override("vi"):
        nobody = gettext("Người mua")
    ProductReview.objects.filter(user_id=person.user_id).update(user=None, name=nobody)


def register_own() -> None:
    register("reviews", title=_("Đánh giá"), export=_export, erase=_erase)
