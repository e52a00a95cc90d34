"""The list of searches in vain in staff's admin."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from search.models import SearchLog
from tests.cms.reading import page

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def searches() -> None:
    for day, text, times in ((MONDAY, "sầu riêng", 3), (TUESDAY, "sầu riêng", 4), (TUESDAY, "tỏi & ớt", 5)):
        SearchLog.objects.create(day=day, text=text, times=times)


def rows(client: Any, **days: str) -> list[tuple[str, int]]:
    shown = client.get(reverse("vain_searches_results"), days).context["object_list"]
    return [(row["text"], row["number"]) for row in shown]


def test_what_was_searched_most_stands_first(editor: Any) -> None:
    assert rows(editor) == [("sầu riêng", 7), ("tỏi & ớt", 5)]


def test_days_can_be_chosen(editor: Any) -> None:
    tuesday = {"day_from": "2026-11-24", "day_to": "2026-11-24"}
    assert rows(editor, **tuesday) == [("tỏi & ớt", 5), ("sầu riêng", 4)]
    assert rows(editor, day_to="2026-11-23") == [("sầu riêng", 3)]


def test_each_text_links_to_the_search_a_visitor_makes(editor: Any) -> None:
    html = page(editor, reverse("vain_searches"))
    assert 'href="/tim-kiem/?q=t%E1%BB%8Fi+%26+%E1%BB%9Bt"' in html
    assert "Tìm không ra" in html


def test_the_reports_of_the_admin_lead_there(editor: Any) -> None:
    assert reverse("vain_searches") in page(editor, reverse("wagtailadmin_home"))


def test_nothing_can_be_changed_there(editor: Any) -> None:
    assert editor.post(reverse("vain_searches"), {"text": "x"}).status_code == 405


@pytest.mark.parametrize("name", ["vain_searches", "vain_searches_results"])
def test_a_stranger_is_sent_away(name: str) -> None:
    stranger = Client()
    assert stranger.get(reverse(name)).status_code == 302
    stranger.force_login(User.objects.create_user(email="khach@cho-ocop.example", password="mat-khau-dai"))
    assert stranger.get(reverse(name)).status_code == 302
