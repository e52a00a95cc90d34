"""Why a product ranks where it does, in words."""

from datetime import date

import pytest

from marketplace import clock
from search.models import PromotedResult
from tests import factories
from tests.search.test_search_command import ask

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def explained(text: str, key: int, *options: str) -> list[str]:
    with clock.at(DAY):
        answer = ask(text, "--explain", str(key), *options)
    return list(answer["explained"])


def test_the_whole_name_with_a_star_says_so() -> None:
    tea = factories.product("Trà sen")
    factories.rating(tea, stars=4, issued_on=date(2026, 1, 1))
    assert explained("trà sen", tea.pk) == [
        f"Place 1 of 1, with {score('trà sen', tea.pk)} points.",
        "“trà” is found in its name, as typed.",
        "“sen” is found in its name, as typed.",
        "The search is its whole name.",
        "The words stand in its name in the same order, side by side.",
        "Its name begins with what was asked for.",
        "It has 4 stars today, a small boost.",
        "It is in stock, a small boost.",
    ]


def score(text: str, key: int) -> str:
    return explained(text, key)[0].split()[-2]


def test_a_filter_that_leaves_it_out_is_named() -> None:
    tea = factories.product("Trà sen", price=900_000)
    factories.product("Trà nhài", price=50_000)
    factories.product("Trà gừng", price=50_000)
    factories.product("Trà lài", price=50_000)
    told = explained("trà dưới 100k", tea.pk)
    assert told[0] == "It is not found: what the search asks of price leaves it out."


def test_what_is_for_adults_is_held_back() -> None:
    wine = factories.product("Rượu men lá", sets=(factories.category("Rượu trắng", 14, ("alcohol",)),))
    assert explained("rượu men lá", wine.pk)[0].startswith("It is held back")
    assert explained("rượu men lá", wine.pk, "--adult")[0].startswith("Place 1 of 1")


def test_words_it_lacks_and_numbers_nobody_has_are_told() -> None:
    tea = factories.product("Trà sen")
    factories.product("Mật ong rừng")
    told = explained("mật ong", tea.pk)
    assert told[0] == "It is not found by the words of this search."
    assert "is not found." in told[1]
    assert explained("trà", 987_654) == ["No listed product has the number 987654."]


def test_the_fourth_of_a_producer_says_why_it_stands_back() -> None:
    maker = factories.producer("HTX Phìn Hồ")
    made = [factories.product("Trà sen", by=maker) for _ in range(4)]
    factories.product("Trà sen dưới đáy hồ Phìn", by=factories.producer("HTX Khác"))
    told = [explained("trà sen", each.pk)[-1] for each in made]
    assert sum("at most 3 of one producer" in each for each in told) == 1


def test_staff_who_put_it_in_front_are_named() -> None:
    tea = factories.product("Trà sen")
    PromotedResult.objects.create(text="quà", product=tea, reason="Đạt 5 sao năm nay.")
    assert explained("quà", tea.pk)[0] == "Staff put it in front of this search: Đạt 5 sao năm nay."
