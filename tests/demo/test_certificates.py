from datetime import date, timedelta

import pytest

from catalogue import ocop
from marketplace.demo.certificates import certificates_of
from marketplace.demo.facts import products
from marketplace.demo.issuers import issuer_of
from marketplace.demo.rows import Row, read_rows

SCORES = {3: (50, 70), 4: (70, 90), 5: (90, 101)}
DAYS = [date(2026, 11, 24), date(2027, 2, 28), date(2028, 2, 29)]


def rows_that_are(state: str) -> list[Row]:
    return [row for row in read_rows() if row.certificate == state]


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize(
    ("state", "earliest", "latest"), [("valid", 89, 914), ("expiring", 5, 60), ("expired", -366, -28)]
)
def test_the_column_decides_when_a_certificate_ends(
    state: str, earliest: int, latest: int, today: date
) -> None:
    for row in rows_that_are(state):
        end = certificates_of(row, today=today)[-1].ends_on
        assert earliest <= (end - today).days <= latest


def test_a_revoked_certificate_was_revoked_in_the_last_six_months() -> None:
    for row in rows_that_are("revoked"):
        current = certificates_of(row, today=DAYS[0])[-1]
        assert current.revoked_on is not None
        assert DAYS[0] - timedelta(days=183) < current.revoked_on < DAYS[0] < current.ends_on
        assert current.revoked_reason


def test_rows_without_a_certificate_have_no_history_either() -> None:
    assert all(certificates_of(row, today=DAYS[0]) == () for row in rows_that_are("none"))


def test_a_proposal_for_five_stars_is_not_five_stars() -> None:
    proposed = [fact for fact in products(today=DAYS[0]) if fact.row.star == "5-potential"]
    assert len(proposed) == 35
    assert not any(certificate.stars == 5 for fact in proposed for certificate in fact.certificates)


def test_a_certificate_lasts_as_long_as_the_shop_s_rule_says() -> None:
    for row in read_rows():
        for certificate in certificates_of(row, today=DAYS[2]):
            assert certificate.ends_on == ocop.end_date(certificate.issued_on, certificate.months)


def test_numbers_say_demo_and_are_unique() -> None:
    numbers = [c.number for fact in products(today=DAYS[0]) for c in fact.certificates]
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("DEMO-") for number in numbers)


def test_the_score_lies_in_the_range_of_its_stars() -> None:
    for fact in products(today=DAYS[0]):
        for certificate in fact.certificates:
            low, below = SCORES[certificate.stars]
            assert low <= certificate.score < below


def test_some_products_rose_from_fewer_stars() -> None:
    risen = [fact.certificates for fact in products(today=DAYS[0]) if len(fact.certificates) > 1]
    assert 20 <= len(risen) <= 80
    assert all(before.stars < now.stars and before.issued_on < now.issued_on for before, now in risen)


@pytest.mark.parametrize(
    ("stars", "day", "text", "level"),
    [
        (3, date(2022, 6, 1), "UBND tỉnh Bắc Kạn", "province"),
        (3, date(2024, 6, 1), "UBND huyện Na Rì", "district"),
        (3, date(2025, 8, 1), "UBND tỉnh Thái Nguyên", "province"),
        (4, date(2024, 6, 1), "UBND tỉnh Bắc Kạn", "province"),
        (5, date(2024, 6, 1), "Bộ Nông nghiệp và Phát triển nông thôn", "ministry"),
        (5, date(2025, 6, 26), "Bộ Nông nghiệp và Môi trường", "ministry"),
    ],
)
def test_stars_and_day_decide_who_signs(stars: int, day: date, text: str, level: str) -> None:
    issuer = issuer_of(stars=stars, day=day, district="Na Rì", province="Bắc Kạn", province_now="Thái Nguyên")
    assert (issuer.text, issuer.level) == (text, level)
