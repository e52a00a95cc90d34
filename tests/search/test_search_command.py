"""`manage.py search`: one JSON object a query, whatever the query is."""

import io
import json
import sys
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import Category
from marketplace import clock
from tests import factories
from tests.conftest import forget

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
ODD = [
    "",
    "   ",
    "🍵🎋",
    "e\u0323\u0302",
    "\x00\x07\x1b[31m",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%_*?\\",
    "\ud800\udfff",
    "٣ ² Ⅷ ½",
    "a" * 2000,
    "1" + "0" * 1999,
    "trà " * 500,
    "dưới 99999999999999999999 triệu",
    "từ 5 sao đến 3 sao dưới 1k trên 9tr",
    "--adult",
]


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    forget()


def run(*arguments: str, stdin: bytes | None = None, monkeypatch: Any = None) -> list[dict[str, Any]]:
    """The objects that the command prints."""
    if stdin is not None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def ask(text: str, *options: str) -> dict[str, Any]:
    (answer,) = run(*options, "--", text)
    return answer


def alcohol() -> Category:
    return factories.category("Rượu trắng", 14, ("alcohol",))


def test_a_result_says_all_there_is_to_say() -> None:
    with clock.at(DAY):
        product = factories.product("Trà xanh Phìn Hồ", price=170_000)
        factories.rating(product, stars=5, issued_on=date(2026, 1, 15))
        answer = ask("tra xanh phin ho 5 sao")
    (row,) = answer.pop("results")
    said = {"query": "tra xanh phin ho 5 sao", "engine": "database", "total": 1}
    assert answer == said | {
        "relaxed": [],
        "corrected": "",
        "promoted": [],
        "filters": [{"kind": "stars", "codes": ["5"], "words": "5 sao"}],
    }
    assert row == {
        "id": product.pk,
        "name": "Trà xanh Phìn Hồ",
        "producer": product.producer.name,
        "star": 5,
        "province": "Tuyên Quang",
        "former_province": None,
        "region": "bac",
        "set_no": None,
        "price": 170_000,
        "adult": False,
    }


def test_alcohol_is_for_those_who_say_they_are_adults() -> None:
    factories.product("Rượu ngô men lá", sets=(alcohol(),))
    assert ask("rượu ngô")["total"] == 0
    (row,) = ask("rượu ngô", "--adult")["results"]
    assert (row["name"], row["adult"]) == ("Rượu ngô men lá", True)


def test_the_limit_holds_results_not_the_total() -> None:
    for number in range(5):
        factories.product(f"Trà {number}")
    answer = ask("trà", "--limit", "2")
    assert (answer["total"], len(answer["results"])) == (5, 2)


@pytest.mark.parametrize("limit", ["0", "-1", "9999"])
def test_a_limit_out_of_bounds_is_refused_in_words(limit: str) -> None:
    assert run(f"--limit={limit}", "trà") == [{"query": "trà", "error": "--limit must be from 1 to 200"}]


@pytest.mark.parametrize("option", ["--engine=crystal-ball", "--limit=many", "--no-such-option"])
def test_an_option_nobody_offers_is_refused(option: str) -> None:
    with pytest.raises(CommandError):
        run(option, "trà")


@pytest.mark.parametrize("text", ODD)
def test_odd_text_gets_an_answer(text: str) -> None:
    factories.product("Trà xanh Phìn Hồ")
    answer = ask(text)
    assert answer["total"] == len(answer["results"])
    assert "error" not in answer


def test_text_without_words_lists_everything() -> None:
    factories.product("Trà xanh Phìn Hồ")
    assert [ask(text)["total"] for text in ("", "  \t", "🍵", "\x00")] == [1, 1, 1, 1]


def test_too_long_a_text_is_refused_in_words() -> None:
    answer = ask("a" * 2001)
    assert answer == {"query": "a" * 100, "error": "the query has more than 2000 characters"}


def test_decomposed_text_is_answered_like_composed_text() -> None:
    product = factories.product("Miến dong Tài Hoan")
    answer = ask(unicodedata.normalize("NFD", "Miến dong Tài Hoan"))
    assert [row["id"] for row in answer["results"]] == [product.pk]


def test_every_line_of_standard_input_gets_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.product("Trà xanh Phìn Hồ")
    stdin = (
        "trà\r\n\n\0phìn hồ\0\n".encode()
        + b"tr\xc3\xff\xfe\n"
        + b"a" * 2001
        + b"\nkh\xc3\xb4ng xu\xe1\xbb\x91ng"
    )
    answers = run(stdin=stdin, monkeypatch=monkeypatch)
    assert [answer.get("total") for answer in answers] == [1, 1, 1, 0, None, 0]
    assert [answer["query"] for answer in answers][1:4] == ["", "\0phìn hồ\0", "tr\ufffd\ufffd\ufffd"]
    assert "error" in answers[4]


def test_no_line_of_standard_input_gets_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(stdin=b"", monkeypatch=monkeypatch) == []


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_it_speaks_to_terminals_of_every_encoding(encoding: str) -> None:
    written = io.BytesIO()
    out = io.TextIOWrapper(written, encoding=encoding)
    call_command("search", "trà ướp sen\udcff", stdout=out)
    out.flush()
    assert json.loads(written.getvalue().decode(encoding))["query"] == "trà ướp sen?"


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            "trà 5 sao dưới từ đến 100 k nghìn - tỉnh hà giang ở giao * ' \" % ( 9tr5 nửa triệu".split()
        )
        | st.text(max_size=4),
        max_size=12,
    ).map(" ".join)
)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert ask(text)["engine"] == "database"
