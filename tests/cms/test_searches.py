"""What visitors search for, in staff's admin."""

import csv
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from marketplace.accounts.models import User
from search.models import SearchLog
from tests.cms.reading import page

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def searches() -> None:
    for day, text, times, in_vain, clicks, total in (
        (MONDAY, "sầu riêng", 3, 1, 2, 40),
        (TUESDAY, "sầu riêng", 4, 0, 4, 12),
        (TUESDAY, "tỏi & ớt", 5, 5, 0, 0),
        (TUESDAY, "mật ong", 3, 0, 5, 8),
        (MONDAY, "trà sen", 1, 0, 0, 9),
        (MONDAY, "zuzu", 1, 1, 0, 0),
        (MONDAY, "kẹo", 2, 0, 1, 3),
    ):
        SearchLog.objects.create(day=day, text=text, times=times, in_vain=in_vain, clicks=clicks, total=total)


def rows(client: Any, **chosen: str) -> list[dict[str, Any]]:
    return list(client.get(reverse("searches_results"), chosen).context["object_list"])


def texts(client: Any, **chosen: str) -> list[tuple[str, int]]:
    return [(row["text"], row["number"]) for row in rows(client, **chosen)]


def test_what_was_searched_most_stands_first_and_what_hardly_was_not_at_all(editor: Any) -> None:
    assert texts(editor) == [("sầu riêng", 7), ("tỏi & ớt", 5), ("mật ong", 3)]


def test_days_can_be_chosen_and_are_summed(editor: Any) -> None:
    tuesday = {"day_from": "2026-11-24", "day_to": "2026-11-24"}
    assert texts(editor, **tuesday) == [("tỏi & ớt", 5), ("sầu riêng", 4), ("mật ong", 3)]
    assert texts(editor, day_to="2026-11-23") == [("sầu riêng", 3)]


def test_of_searches_in_vain_and_of_those_without_clicks_every_one_is_shown(editor: Any) -> None:
    assert texts(editor, which="in_vain") == [("sầu riêng", 7), ("tỏi & ớt", 5), ("zuzu", 1)]
    assert texts(editor, which="in_vain", day_from="2026-11-24") == [("tỏi & ớt", 5)]
    assert texts(editor, which="unopened") == [("trà sen", 1)]


def test_a_choice_nobody_offers_leaves_the_list_as_it_is(editor: Any) -> None:
    assert editor.get(reverse("searches"), {"which": "x", "day_from": "x"}).status_code == 200


def test_a_row_says_how_often_in_vain_how_often_opened_and_what_was_shown_last(editor: Any) -> None:
    durian, garlic, honey = rows(editor)
    assert durian == {
        "text": "sầu riêng", "number": 7, "vain": 1, "opened": 6, "share": 85, "shown": 12, "last": TUESDAY,
    }  # fmt: skip
    assert (garlic["share"], garlic["shown"], honey["share"]) == (0, 0, 166)
    (monday,) = rows(editor, day_to="2026-11-23")
    assert (monday["shown"], monday["last"]) == (40, MONDAY)


@pytest.mark.parametrize("key", ["number", "vain", "opened", "share", "last"])
def test_columns_can_be_sorted_by(editor: Any, key: str) -> None:
    values = [row[key] for row in rows(editor, ordering=f"-{key}")]
    assert values == sorted(values, reverse=True)
    assert values == [row[key] for row in rows(editor, ordering=key)][::-1]


def test_each_text_links_to_the_search_a_visitor_makes(editor: Any) -> None:
    html = page(editor, reverse("searches"))
    assert 'href="/tim-kiem/?q=t%E1%BB%8Fi+%26+%E1%BB%9Bt"' in html
    assert "Khách tìm gì" in html


def test_the_reports_of_the_admin_lead_there(editor: Any) -> None:
    assert reverse("searches") in page(editor, reverse("wagtailadmin_home"))


def spreadsheet(client: Any, **chosen: str) -> list[list[str]]:
    answer = client.get(reverse("searches"), {"export": "csv"} | chosen)
    return list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))


def test_the_list_can_be_taken_along_as_it_was_chosen(editor: Any) -> None:
    heading, *lines = spreadsheet(editor, which="unopened")
    assert (heading[0], heading[-1], len(heading)) == ("Đã tìm", "Ngày cuối", 7)
    assert lines == [["trà sen", "1", "0", "0", "0", "9", "2026-11-23"]]


def test_all_pages_of_a_long_list_are_taken_along(editor: Any) -> None:
    many = [SearchLog(day=TUESDAY, text=f"số {n}", times=1, in_vain=1, total=n) for n in range(1200)]
    SearchLog.objects.bulk_create(many)
    lines = {line[0]: line[5] for line in spreadsheet(editor, which="in_vain")}
    assert [lines[f"số {n}"] for n in range(1200)] == [str(n) for n in range(1200)]


@pytest.mark.parametrize("text", [
    "=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "\ufeff=1", "'=1", "|=1", ";=1", "﹢1",
    "−1", "%0A=1", '"=1',
])  # fmt: skip
def test_what_visitors_type_is_no_formula_in_a_spreadsheet(editor: Any, text: str) -> None:
    SearchLog.objects.all().delete()
    editor.get("/tim-kiem/", {"q": f"{text} zuzu"})
    (stored,) = [line[0] for line in spreadsheet(editor, which="in_vain")[1:]]
    assert stored.strip()[0].isalnum() or stored[0] == "%"
    answer = editor.get(reverse("searches"), {"export": "xlsx", "which": "in_vain"})
    cell = load_workbook(BytesIO(b"".join(answer.streaming_content))).active["A2"]
    assert (cell.data_type, cell.value) == ("s", stored)


def test_nothing_can_be_changed_there(editor: Any) -> None:
    assert editor.post(reverse("searches"), {"text": "x"}).status_code == 405


@pytest.mark.parametrize("name", ["searches", "searches_results"])
def test_a_stranger_is_sent_away(name: str) -> None:
    stranger = Client()
    assert stranger.get(reverse(name)).status_code == 302
    stranger.force_login(User.objects.create_user(email="khach@cho-ocop.example", password="mat-khau-dai"))
    assert stranger.get(reverse(name)).status_code == 403
