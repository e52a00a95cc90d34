"""What people wish for: Oscar's lists, one a person, with the day of each wish. Differences stand above the import."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.abstract_models import AbstractLine, AbstractWishList

from marketplace import clock


class WishList(AbstractWishList):  # type: ignore[misc]
    """A person's one list."""

    date_created = models.DateTimeField(_("Ngày tạo"), default=clock.now, editable=False, db_index=True)

    class Meta(AbstractWishList.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Danh sách yêu thích")
        verbose_name_plural = _("Danh sách yêu thích")
        constraints = [models.UniqueConstraint(fields=["owner"], name="wishlist_one_per_person")]


class Line(AbstractLine):  # type: ignore[misc]
    """A wish. `title` outlives the product."""

    added_at = models.DateTimeField(_("Thêm lúc"), default=clock.now, editable=False)

    class Meta(AbstractLine.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Món yêu thích")
        verbose_name_plural = _("Món yêu thích")
        ordering = ["-added_at", "-pk"]


from oscar.apps.wishlists.models import *  # noqa: E402, F403
