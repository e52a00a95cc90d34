from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import ocop
from catalogue.ocop import RatingFacts, StarState

DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@st.composite
def ratings(draw: st.DrawFn) -> list[RatingFacts]:
    found = []
    for order in range(draw(st.integers(0, 5))):
        issued = draw(DAYS)
        ends = ocop.end_date(issued, draw(st.integers(1, 48)))
        revoked = draw(
            st.none() | st.integers(0, 900).map(lambda n, issued=issued: issued + timedelta(days=n))
        )
        found.append(RatingFacts(draw(st.integers(3, 5)), issued, ends, revoked, order))
    return found


@pytest.mark.parametrize(
    ("issued", "months", "last"),
    [
        (date(2025, 3, 14), 36, date(2028, 3, 14)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
    ],
)
def test_a_rating_ends_on_the_same_day_or_the_last_of_the_month(
    issued: date, months: int, last: date
) -> None:
    assert ocop.end_date(issued, months) == last


def test_the_last_day_still_counts_and_the_next_does_not() -> None:
    rating = RatingFacts(4, date(2023, 5, 10), date(2026, 5, 10))
    assert ocop.star_on([rating], date(2026, 5, 10)) == 4
    assert ocop.star_on([rating], date(2026, 5, 11)) is None


def test_a_revoked_rating_does_not_count_on_the_day_itself() -> None:
    rating = RatingFacts(4, date(2025, 5, 10), date(2028, 5, 10), revoked_on=date(2026, 1, 1))
    assert ocop.star_on([rating], date(2025, 12, 31)) == 4
    assert ocop.star_on([rating], date(2026, 1, 1)) is None


def test_of_several_valid_ratings_the_latest_issued_counts_even_if_lower() -> None:
    five = RatingFacts(5, date(2024, 1, 1), date(2027, 1, 1))
    three = RatingFacts(3, date(2025, 1, 1), date(2028, 1, 1), order=1)
    assert ocop.star_on([five, three], date(2026, 1, 1)) == 3


def test_the_earlier_rating_counts_again_when_the_later_is_revoked() -> None:
    four = RatingFacts(4, date(2024, 1, 1), date(2027, 1, 1))
    five = RatingFacts(5, date(2025, 1, 1), date(2028, 1, 1), date(2026, 1, 1), order=1)
    assert ocop.star_on([four, five], date(2026, 6, 1)) == 4


def test_a_candidate_for_five_stars_has_four() -> None:
    rating = RatingFacts(4, date(2025, 1, 1), date(2028, 1, 1), candidate=True)
    standing = ocop.standing([rating], date(2026, 1, 1))
    assert (standing.stars, standing.candidate) == (4, True)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), StarState.NONE),
        (date(2026, 1, 1), StarState.VALID),
        (date(2028, 11, 1), StarState.VALID),
        (date(2028, 11, 2), StarState.ENDING),
        (date(2029, 1, 1), StarState.ENDING),
        (date(2029, 1, 2), StarState.ENDED),
    ],
)
def test_what_is_said_changes_with_the_day(day: date, state: StarState) -> None:
    rating = RatingFacts(3, date(2026, 1, 1), date(2029, 1, 1))
    assert ocop.standing([rating], day).state == state


def test_a_revoked_rating_is_said_to_be_revoked() -> None:
    rating = RatingFacts(3, date(2026, 1, 1), date(2029, 1, 1), revoked_on=date(2026, 6, 1))
    assert ocop.standing([rating], date(2026, 7, 1)).state == StarState.REVOKED


@given(ratings(), DAYS)
def test_windows_say_the_same_as_the_rules_on_every_day(history: list[RatingFacts], day: date) -> None:
    holding = [window.stars for window in ocop.windows(history) if window.first <= day <= window.last]
    star = ocop.star_on(history, day)
    assert holding == ([star] if star else [])


@given(ratings())
def test_windows_are_in_order_and_joined(history: list[RatingFacts]) -> None:
    windows = ocop.windows(history)
    for before, after in pairwise(windows):
        assert before.first <= before.last < after.first
        touching = before.last + timedelta(days=1) == after.first
        assert not (touching and before.stars == after.stars)
