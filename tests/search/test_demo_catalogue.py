"""What visitors find in the demonstration catalogue, through the whole search on the shop's own database."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from marketplace import clock
from marketplace.demo.loading.judged import read_judged
from search.models import EntryText
from search.query import ProductQuery
from search.report import report
from search.result import ProductResult, Step
from search.searching import search
from search.text.tokens import fold
from tests.search.judging import Judged, judge
from tests.search.spelling import decomposed, misspelt, without_marks

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demo")]
ALL = 200
TOP = 3
SOME = 20
"""Every twentieth name in the quick run."""
KINDS = ("replace", "insert", "delete", "swap")


def asked(text: str, *, adult: bool = False, most: int = ALL) -> ProductQuery:
    return ProductQuery(text=text, day=clock.today(), adult=adult, page_size=most)


def answer(text: str, **details: Any) -> ProductResult:
    return search(asked(text, **details), facets=False)


def rows(judged: Judged) -> list[dict[str, Any]]:
    query = asked(judged["query"], adult=judged.get("adult", False))
    return list(report(query, search(query, facets=False))["results"])


def names(text: str, **details: Any) -> list[str]:
    return _named(answer(text, **details).ids)


def _named(ids: Sequence[int]) -> list[str]:
    return [names_by_key()[key] for key in ids]


def names_by_key() -> dict[int, str]:
    first = EntryText.objects.order_by("pk").values_list("pk", flat=True)[0]
    return _names_from(first)


@cache
def _names_from(first: int) -> dict[int, str]:
    """Read once for each time the demonstration is loaded."""
    return dict(EntryText.objects.filter(pk__gte=first).order_by("pk").values_list("pk", "name"))


@pytest.mark.parametrize(("file", "least"), [("search_queries", 0.95), ("more_queries", 0.95)])
def test_judged_queries_are_answered_as_expected(file: str, least: float, record_property: Any) -> None:
    verdict = judge(read_judged(file), rows)
    record_property("report", f"{file}\n{verdict}")
    assert verdict.share >= least, str(verdict)


def test_a_query_sent_decomposed_is_answered_like_a_composed_one() -> None:
    for judged in read_judged("search_queries"):
        text = judged["query"]
        assert answer(unicodedata.normalize("NFD", text)).ids == answer(text).ids, text


# ----- names


def lost(spell: Callable[[str], str], names_of: Sequence[str]) -> list[str]:
    """Names that are not among the first three when typed like this; equal names count as one."""
    return [
        name for name in names_of if fold(name) not in map(fold, names(spell(name), adult=True, most=TOP))
    ]


def typists(seed: int) -> dict[str, tuple[Callable[[str], str], float]]:
    """Ways to type a name, and the share of names that may be lost."""
    dice = random.Random(seed)
    return {
        "without marks": (without_marks, 0.02),
        "decomposed": (decomposed, 0.0),
        "with one wrong letter": (lambda name: misspelt(name, dice.choice(KINDS), dice), 0.1),
        "without marks and with one wrong letter": (
            lambda name: misspelt(without_marks(name), dice.choice(KINDS), dice),
            0.1,
        ),
    }


@pytest.mark.parametrize("way", list(typists(0)))
def test_some_names_find_their_products(way: str) -> None:
    spell, share = typists(20)[way]
    some = list(names_by_key().values())[::SOME]
    assert len(lost(spell, some)) <= share * len(some)


@pytest.mark.parametrize("way", list(typists(0))[:3])
def test_every_name_finds_its_product(way: str, record_property: Any) -> None:
    spell, share = typists(7)[way]
    everything = list(names_by_key().values())
    gone = lost(spell, everything)
    found = len(everything) - len(gone)
    record_property("report", f"names typed {way}: {found} of {len(everything)} among the first {TOP}")
    assert len(gone) <= share * len(everything), gone


# ----- what is said


def test_a_product_named_after_another_province_is_found_by_its_whole_name() -> None:
    assert names("mật ong hoa tự nhiên Bình Dương")[0] == "Mật ong hoa tự nhiên Bình Dương"


def test_a_goods_word_and_a_province_filter_by_the_province() -> None:
    found = rows({"query": "mật ong bình dương"})
    assert {row["former_province"] for row in found} == {"Bình Dương"}


def test_goods_a_province_does_not_make_are_shown_from_elsewhere_and_said_so() -> None:
    assert answer("yến sào khánh hòa").relaxed == (Step.OTHER_PLACES,)


def test_a_place_filter_stays_while_words_are_relaxed() -> None:
    found = answer("trà xanh thái nguyên")
    assert [chip.codes for chip in found.chips] == [("19",)]
    assert (found.relaxed, found.exact) == ((Step.DROPPED_WORD,), 5)
    assert found.total > 10


def test_the_corrected_text_is_the_best_products_spelling() -> None:
    assert answer("mien dog tai hoan").corrected == "mien dong tai hoan"
    assert answer("miến dong tài hoan").corrected == ""


def test_vni_digits_are_read_as_marks() -> None:
    assert answer("nuoc71 ma8m1").relaxed == (Step.KEYBOARD,)


def test_what_the_words_find_as_typed_stays_in_front_of_what_some_of_them_find() -> None:
    found = answer("htx hảo đạt")
    assert found.exact == 2
    assert set(_named(found.ids[:2])) == {"Chè đinh", "Chè tôm nõn"}


def test_what_only_adults_may_see_is_not_replaced_by_something_else() -> None:
    found = search(asked("rượu ngô cao bằng"))
    assert (found.total, found.hidden_adult) == (0, 4)
