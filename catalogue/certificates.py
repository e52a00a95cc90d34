"""What a page says of a product's ratings: the certificate that counts, and every rating with its state."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from marketplace.look import figures

from . import ocop
from .models import Rating


def certificate(ratings: Sequence[Rating], *, day: date) -> Rating | None:
    """The rating that the day's standing speaks of: the valid one, or the last that ended."""
    speaks = ocop.standing([rating.facts for rating in ratings], day).rating
    return next((rating for rating in ratings if speaks and rating.pk == speaks.order), None)


def history(ratings: Sequence[Rating], *, day: date) -> list[dict[str, Any]]:
    """Every rating issued by `day`, newest first, for templates/catalogue/_ratings.html."""
    issued = sorted(
        (rating for rating in ratings if rating.issued_on <= day),
        key=lambda r: (r.issued_on, r.pk),
        reverse=True,
    )
    counts = ocop.counting([rating.facts for rating in issued], day)
    return [
        {
            "issued_on": rating.issued_on,
            "months": rating.months,
            "star": rating.stars,
            "issuer": rating.issuer,
            "score": rating.score,
            "state": _state(rating, day, counts=counts is not None and counts.order == rating.pk),
        }
        for rating in issued
    ]


def _state(rating: Rating, day: date, *, counts: bool) -> str:
    if rating.revoked_on and rating.revoked_on <= day:
        return _("Thu hồi ngày %(day)s") % {"day": figures.day(rating.revoked_on)}
    if rating.ends_on < day:
        return _("Đã hết hạn ngày %(day)s") % {"day": figures.day(rating.ends_on)}
    return _("Đang có giá trị") if counts else _("Đã có lần xếp sao sau thay thế")
