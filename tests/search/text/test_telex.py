import pytest

from search.text.telex import decode


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phee", "phê"), ("traf", "trà"), ("vangf", "vàng"), ("nuowcs", "nước"), ("mamws", "mắm"),
        ("dduwowngf", "đường"), ("tuyeets", "tuyết"), ("hoaf", "hòa"), ("ruowuj", "rượu"), ("quaf", "quà"),
        ("gias", "giá"), ("ngoo", "ngô"),
    ],
)  # fmt: skip
def test_telex_leftovers_are_decoded(typed: str, meant: str) -> None:
    assert decode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("tra2", "trà"), ("nuo7c1", "nước"), ("ma8m1", "mắm"), ("d9u7o7ng2", "đường")]
)
def test_vni_leftovers_are_decoded(typed: str, meant: str) -> None:
    assert decode(typed) == meant


@pytest.mark.parametrize("word", ["mien", "dong", "lua", "nam"])
def test_plain_words_have_nothing_left_over(word: str) -> None:
    assert decode(word) is None
