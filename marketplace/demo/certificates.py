"""Demonstration certificates: what the column demo_certificate of the list means on the day of loading.

valid ends 3–30 months after that day, expiring in 5–60 days, expired 1–12 months before, revoked in the last
six months, none has no certificate (data/products_notes.md). Numbers start with DEMO. Nothing here is real.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from catalogue import ocop
from marketplace.demo.chance import chance, pick
from marketplace.demo.issuers import NEW_PROVINCES_FROM, issuer_of
from marketplace.demo.rows import Row

MONTHS = 36
_SCORES = {3: (52, 69.5), 4: (70.5, 89.5), 5: (90.2, 97.8)}
_EARLIER = re.compile(r"\(([345])★")
_CANDIDATE_FROM = Decimal(89)
_REASONS = (
    "Hậu kiểm: chưa duy trì đủ hồ sơ truy xuất nguồn gốc",
    "Chủ thể đề nghị rút kết quả để hoàn thiện lại sản phẩm",
    "Nhãn sản phẩm không còn đúng với hồ sơ đã được công nhận",
)
# Days from loading to the last day of the certificate.
_ENDS = {"valid": (95, 905), "expiring": (9, 59), "expired": (-355, -35), "revoked": (120, 720)}


@dataclass(frozen=True)
class CertificateFacts:
    """One rating. ends_on is inclusive."""

    stars: int
    score: Decimal
    issuer: str
    issuer_level: str
    number: str
    issued_on: date
    ends_on: date
    place_name: str
    months: int = MONTHS
    five_star_candidate: bool = False
    revoked_on: date | None = None
    revoked_reason: str = ""


def certificates_of(row: Row, *, today: date) -> tuple[CertificateFacts, ...]:
    """The history of a product as of its loading, oldest first; empty where the list says none."""
    if row.certificate not in _ENDS or row.stars is None:
        return ()
    luck = chance("certificate", row.number, row.name)
    end = _early_in_month(today + timedelta(days=luck.randint(*_ENDS[row.certificate])))
    issued = months_before(end, MONTHS)
    revoked = today - timedelta(days=luck.randint(10, 170)) if row.certificate == "revoked" else None
    current = _certificate(row, row.stars, issued, revoked=revoked)
    return (*_earlier(row, issued), current)


def _certificate(row: Row, stars: int, issued: date, *, revoked: date | None = None) -> CertificateFacts:
    low, high = _SCORES[stars]
    score = Decimal(f"{chance('score', row.number, stars).uniform(low, high):.1f}")
    issuer = issuer_of(
        stars=stars, day=issued, district=row.district, province=row.province, province_now=row.province_now
    )
    return CertificateFacts(
        stars=stars,
        score=score,
        issuer=issuer.text,
        issuer_level=issuer.level,
        number=f"DEMO-{row.number:04d}/{issued.year}",
        issued_on=issued,
        ends_on=ocop.end_date(issued, MONTHS),
        place_name=row.place if issued < NEW_PROVINCES_FROM else row.province_now,
        five_star_candidate=stars == 4 and revoked is None and score >= _CANDIDATE_FROM,
        revoked_on=revoked,
        revoked_reason=pick(_REASONS, "revoked", row.number) if revoked else "",
    )


def _earlier(row: Row, issued: date) -> tuple[CertificateFacts, ...]:
    """A lower rating before the present one, as other sources report it or invented for one in twelve."""
    reported = _EARLIER.search(row.other_sources)
    stars = row.stars or 0
    before = int(reported[1]) if reported else stars - 1
    invented = chance("history", row.number, row.name).random() < 1 / 12
    if not (reported or invented) or not 3 <= before < stars:
        return ()
    return (_certificate(row, before, months_before(issued, MONTHS)),)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _early_in_month(day: date) -> date:
    """Every month has a 28th: issue and end keep the same day of the month."""
    return day.replace(day=min(day.day, 28))
