"""A buyer writes, changes or takes back a review of what was delivered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.order.models import Line
from marketplace.pictures.jobs import ask_for_sizes

from .models import MOST_PHOTOS, ProductReview, ReviewPhoto
from .names import public_name
from .rating import level_rating
from .speaking import members

Photos = Sequence["ContentFile[bytes]"]


class CannotReview(ValueError):
    """The review cannot be written or changed; the text says why, in the writer's language."""


@transaction.atomic
def write_review(
    *, line: Line, score: int, body: str, photos: Photos = (), language: str = "vi"
) -> ProductReview:
    """Add the review of a delivered line (from `delivered_lines`), with 1 to 5 points and cleaned pictures.

    It is shown at once, under the shortened name of the recipient. Raises CannotReview for a line that has one
    already, whose product is gone, or whose buyer is of its producer.
    """
    if line.product is None:
        raise CannotReview(_("Sản phẩm này không còn trên chợ nên không đánh giá được nữa."))
    if _praises_itself(line):
        raise CannotReview(_("Tài khoản đặt đơn là người của nhà sản xuất này, nên không đánh giá được."))
    if len(photos) > MOST_PHOTOS:
        raise CannotReview(_("Mỗi đánh giá có nhiều nhất %(most)d ảnh.") % {"most": MOST_PHOTOS})
    try:
        with transaction.atomic():
            review: ProductReview = ProductReview.objects.create(
                product=line.product.listed,
                line=line,
                user=line.order.user,
                name=public_name(
                    line.order.shipping_address.first_name if line.order.shipping_address else ""
                ),
                size=line.size,
                score=score,
                body=body,
                language=language,
            )
    except IntegrityError as error:
        raise CannotReview(_("Món này đã có đánh giá; nó đang hiện ở dưới để bạn sửa.")) from error
    _add_photos(review, photos)
    level_rating(line.product.listed.pk)
    return review


def _praises_itself(line: Line) -> bool:
    """Whether the account that ordered belongs to the product's producer; of a guest nobody knows."""
    buyer, producer = line.order.user_id, line.product.listed.producer
    return bool(buyer and producer and members(producer, clock.today()).filter(user=buyer).exists())


@transaction.atomic
def change_review(
    *,
    review: ProductReview,
    version: str,
    score: int,
    body: str,
    photos: Photos = (),
    dropped: Sequence[int] = (),
) -> ProductReview:
    """Change one's own review. `version` is `version_of` it when the form was drawn, `dropped` are keys of pictures.

    Raises CannotReview when its time is over, when it is hidden, or when it was changed meanwhile.
    """
    moment = clock.now()
    as_seen = ProductReview.objects.filter(
        pk=review.pk,
        status=ProductReview.APPROVED,
        date_created__gt=moment - timedelta(days=settings.REVIEW_EDIT_DAYS),
        date_edited=review.date_edited,
    )
    if version != version_of(review) or not as_seen.update(score=score, body=body, date_edited=moment):
        raise CannotReview(_why_not(review))
    for photo in review.photos.filter(pk__in=list(dropped)):
        photo.delete()
    if review.photos.count() + len(photos) > MOST_PHOTOS:
        raise CannotReview(_("Mỗi đánh giá có nhiều nhất %(most)d ảnh.") % {"most": MOST_PHOTOS})
    _add_photos(review, photos)
    if review.product_id:
        level_rating(review.product_id)
    return review


def version_of(review: ProductReview | None) -> str:
    """Which state of a review a form was drawn for; nothing for one that is yet to be written."""
    return (review.date_edited or review.date_created).isoformat() if review else ""


def may_change(review: ProductReview, *, moment: datetime) -> bool:
    """Whether its writer may still change it."""
    return not review.is_hidden and review.date_created > moment - timedelta(days=settings.REVIEW_EDIT_DAYS)


def _why_not(review: ProductReview) -> str:
    review.refresh_from_db()
    if review.is_hidden:
        return _("Đánh giá này đang bị ẩn nên chưa sửa được.")
    if not may_change(review, moment=clock.now()):
        return _("Đã quá %(days)d ngày nên không sửa được nữa.") % {"days": settings.REVIEW_EDIT_DAYS}
    return _("Đánh giá này vừa được sửa ở nơi khác. Bạn xem lại rồi gửi lần nữa nhé.")


def _add_photos(review: ProductReview, photos: Photos) -> None:
    for photo in photos:
        made = ReviewPhoto.objects.create(review=review, original=photo)
        ask_for_sizes(str(made.original))
