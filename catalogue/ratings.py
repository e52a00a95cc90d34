"""Issues and revokes ratings; every step is kept in the audit table."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.audit.models import record

from .models import IssuerLevel, Product, Rating


class RatingError(ValueError):
    """The rating cannot be issued or revoked; the text says why, in the user's language."""


@transaction.atomic
def issue_rating(
    *,
    product: Product,
    stars: int,
    issuer: str,
    issuer_level: IssuerLevel,
    number: str,
    issued_on: date,
    actor: Any = None,
    **details: Any,
) -> Rating:
    """Add a rating to a listed product's history. `details` are further fields of Rating.

    Lasts settings.OCOP_VALIDITY_MONTHS unless `months` is given. Raises RatingError for a child product.
    """
    if product.is_child:
        raise RatingError(_("Sao được cấp cho sản phẩm, không cho từng quy cách."))
    details.setdefault("months", settings.OCOP_VALIDITY_MONTHS)
    rating = Rating.objects.create(
        product=product,
        stars=stars,
        issuer=issuer,
        issuer_level=issuer_level,
        number=number,
        issued_on=issued_on,
        **details,
    )
    record(action="rating.issue", target=rating, actor=actor, after={"stars": stars, "number": number})
    return rating


@transaction.atomic
def revoke_rating(*, rating: Rating, day: date, reason: str, actor: Any = None) -> Rating:
    """Take a rating back from `day` on. Raises RatingError when it is revoked already or no reason is given."""
    if not reason.strip():
        raise RatingError(_("Bạn cần ghi lý do thu hồi."))
    changed = Rating.objects.filter(pk=rating.pk, revoked_on__isnull=True).untold(
        revoked_on=day, revoked_reason=reason.strip()
    )
    if not changed:
        raise RatingError(_("Chứng nhận này đã bị thu hồi trước đó."))
    rating.refresh_from_db()
    rating.save(update_fields=["revoked_on"])
    record(
        action="rating.revoke",
        target=rating,
        actor=actor,
        before={"revoked_on": None},
        after={"revoked_on": day.isoformat(), "reason": reason.strip()},
    )
    return rating
