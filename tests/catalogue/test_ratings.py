from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from catalogue import ocop
from catalogue.models import IssuerLevel, Product, ProductChange, Rating
from catalogue.ratings import RatingError, issue_rating, revoke_rating
from marketplace.audit.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
# (stars, issued, months, revoked) of one product's life: renewed early, lowered, taken back, idle, won again.
HISTORY = (
    (3, date(2020, 2, 29), 36, None),
    (4, date(2022, 8, 31), 36, date(2023, 5, 1)),
    (5, date(2023, 1, 15), 12, None),
    (3, date(2023, 1, 15), 6, None),
    (4, date(2025, 12, 31), 2, None),
)


def star(product: Product, day: date) -> int | None:
    found: int | None = Product.objects.with_star(day).get(pk=product.pk).star
    return found


def lived() -> tuple[Product, list[ocop.RatingFacts]]:
    product = factories.product()
    for stars, issued_on, months, revoked_on in HISTORY:
        rating = factories.rating(product, stars=stars, issued_on=issued_on, months=months)
        if revoked_on:
            revoke_rating(rating=rating, day=revoked_on, reason="Sai hồ sơ")
    return product, [rating.facts for rating in product.ratings.all()]


def edges() -> Iterator[date]:
    """The days around everything that happens."""
    for _stars, issued_on, months, revoked_on in HISTORY:
        for day in filter(None, (issued_on, ocop.end_date(issued_on, months), revoked_on)):
            yield from (day + timedelta(days=step) for step in (-1, 0, 1))


def test_the_database_says_the_same_star_as_the_rules() -> None:
    product, facts = lived()
    days = sorted(set(edges()) | {date(2019, 12, 1) + timedelta(days=45 * n) for n in range(56)})
    assert [star(product, day) for day in days] == [ocop.star_on(facts, day) for day in days]


def test_the_star_of_every_product_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lived()
    factories.rating(factories.product(), stars=5, issued_on=date(2026, 1, 1))
    factories.product()
    with django_assert_num_queries(1):
        stars = [product.star for product in Product.objects.with_star(date(2026, 2, 1)).order_by("pk")]
    assert stars == [4, 5, None]


def test_a_certificate_lasts_thirty_six_months_unless_it_says_otherwise() -> None:
    product = factories.product()
    assert factories.rating(product, issued_on=date(2024, 2, 29)).ends_on == date(2027, 2, 28)
    assert factories.rating(product, issued_on=date(2025, 8, 31), months=6).ends_on == date(2026, 2, 28)


def test_a_size_is_not_rated() -> None:
    _parent, children = factories.sized()
    with pytest.raises(RatingError):
        factories.rating(children[0])


def test_a_revocation_takes_the_star_and_is_recorded() -> None:
    product = factories.product()
    rating = factories.rating(product, stars=4, issued_on=date(2026, 1, 15))
    earlier = factories.rating(product, stars=3, issued_on=date(2025, 1, 15))
    revoke_rating(rating=rating, day=DAY, reason="Không còn đạt")
    assert (star(product, DAY - timedelta(days=1)), star(product, DAY)) == (4, 3)
    entry = Entry.objects.get(action="rating.revoke")
    assert entry.after == {"revoked_on": "2026-06-01", "reason": "Không còn đạt"}
    earlier.refresh_from_db()
    assert earlier.revoked_on is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_revocation_needs_a_reason(reason: str) -> None:
    rating = factories.rating(factories.product())
    with pytest.raises(RatingError):
        revoke_rating(rating=rating, day=DAY, reason=reason)
    rating.refresh_from_db()
    assert rating.revoked_on is None


def test_a_second_revocation_changes_nothing() -> None:
    rating = factories.rating(factories.product())
    revoke_rating(rating=rating, day=DAY, reason="Sai hồ sơ")
    with pytest.raises(RatingError):
        revoke_rating(rating=rating, day=DAY + timedelta(days=1), reason="Lần nữa")
    rating.refresh_from_db()
    assert (rating.revoked_on, rating.revoked_reason) == (DAY, "Sai hồ sơ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"stars": 2},
        {"stars": 6},
        {"score": 101},
        {"score": -1},
        {"issuer_level": "village"},
        {"months": 0, "ends_on": date(2029, 1, 1)},
        {"ends_on": date(2026, 1, 15)},
        {"revoked_on": DAY},
        {"revoked_on": date(2025, 1, 1), "revoked_reason": "Sai hồ sơ"},
        {"revoked_reason": "Sai hồ sơ"},
        {"stars": 5, "five_star_candidate": True},
    ],
)
def test_the_database_refuses_what_no_certificate_can_say(wrong: dict[str, Any]) -> None:
    rating = factories.rating(factories.product(), stars=4, issued_on=date(2026, 1, 15))
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(pk=rating.pk).update(**wrong)


def test_one_decision_is_recorded_once() -> None:
    product = factories.product()
    factories.rating(product, number="12/QĐ")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.rating(product, number="12/QĐ")


def test_a_candidate_keeps_the_star_it_has() -> None:
    product = factories.product()
    issue_rating(
        product=product,
        stars=4,
        issuer="UBND tỉnh Tuyên Quang",
        issuer_level=IssuerLevel.PROVINCE,
        number="DEMO-1",
        issued_on=date(2026, 1, 15),
        five_star_candidate=True,
    )
    assert star(product, DAY) == 4


def test_a_new_rating_and_its_end_by_revocation_raise_the_change_number() -> None:
    product = factories.product()
    numbers = [ProductChange.objects.get(pk=product.pk).number]
    rating = factories.rating(product)
    numbers.append(ProductChange.objects.get(pk=product.pk).number)
    revoke_rating(rating=rating, day=DAY, reason="Sai hồ sơ")
    numbers.append(ProductChange.objects.get(pk=product.pk).number)
    assert numbers == sorted(set(numbers))
