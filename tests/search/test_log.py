"""Which searches are counted for staff, and what is kept of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import CategoryFlag
from marketplace import clock
from marketplace.work.queue import run_due
from search.models import SearchLog
from tests import factories
from tests.checkout.crowd import at_once

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def honey() -> Any:
    return factories.product("Mật ong Phìn Hồ")


def kept() -> list[tuple[str, int, int, int]]:
    return list(SearchLog.objects.order_by("text").values_list("text", "times", "in_vain", "total"))


def test_every_search_is_counted_by_day_with_the_results_it_showed_last(client: Client) -> None:
    client.get("/tim-kiem/", {"q": "Mật  ONG"})
    factories.product("Mật ong Lũng Phìn", by=factories.producer("HTX Lũng Phìn"))
    client.get("/san-pham/", {"q": "mật ong"})
    with clock.at(clock.today() + timedelta(days=1)):
        client.get("/en/tim-kiem/", {"q": "mật ong"})
    assert kept() == [("mật ong", 2, 0, 2), ("mật ong", 1, 0, 2)]


def test_a_search_that_finds_nothing_is_counted_as_in_vain(client: Client) -> None:
    for _again in range(2):
        client.get("/tim-kiem/", {"q": "Qwzx qwzx"})
    assert kept() == [("qwzx qwzx", 2, 2, 0)]


def test_a_text_once_in_vain_and_then_found_is_counted_as_both(client: Client) -> None:
    client.get("/tim-kiem/", {"q": "zuzu"})
    factories.product("Zuzu sấy", by=factories.producer("HTX Zuzu"))
    client.get("/tim-kiem/", {"q": "zuzu"})
    assert kept() == [("zuzu", 2, 1, 1)]


def test_a_search_whose_words_are_nowhere_together_is_in_vain_whatever_was_shown(client: Client) -> None:
    factories.product("Kẹo dừa", by=factories.producer("HTX Cồn Phụng"))
    client.get("/tim-kiem/", {"q": "kẹo Phìn Hồ"})
    ((text, times, in_vain, total),) = kept()
    assert (text, times, in_vain) == ("kẹo phìn hồ", 1, 1)
    assert total > 0


@pytest.mark.parametrize(
    "address", ["/tim-kiem/?q=mat&sao=3", "/san-pham/?q=qwzx&gia_tu=9", "/tim-kiem/?q=mat&bo=sua", "/san-pham/",
                "/tim-kiem/?q=mat&trang=1", "/tinh/tuyen-quang/?q=mat", "/tim-kiem/?q=", "/tim-kiem/?q=0912345678"],
)  # fmt: skip
def test_filters_further_pages_places_and_no_words_are_not_counted(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert kept() == []


def test_what_only_adults_see_is_not_in_vain(client: Client) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Zuzu men lá", sets=(spirits,))
    answer = client.get("/tim-kiem/", {"q": "zuzu"})
    assert (answer.context["total"], answer.context["hidden_adult"]) == (0, 1)
    assert kept() == [("zuzu", 1, 0, 0)]


def test_counting_is_one_statement(client: Client) -> None:
    def asked(address: str) -> list[str]:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return [query["sql"] for query in queries]

    counted, uncounted = asked("/tim-kiem/?q=mat"), asked("/tim-kiem/?q=mat&trang=1")
    assert len(counted) == len(uncounted) + 1
    assert sum("search_searchlog" in statement for statement in counted) == 1


def test_rows_go_after_four_hundred_days() -> None:
    for days in (0, 400, 401, 900):
        SearchLog.objects.create(day=DAY - timedelta(days=days), text="mật ong")
    with clock.at(DAY):
        run_due()
    assert [row.day for row in SearchLog.objects.all()] == [DAY, DAY - timedelta(days=400)]


def test_looking_for_old_rows_writes_nothing_where_there_are_none() -> None:
    SearchLog.objects.create(day=DAY, text="mật ong")
    with clock.at(DAY), CaptureQueriesContext(connection) as queries:
        run_due()
    assert not [query for query in queries if query["sql"].startswith("DELETE")]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_first_searches_of_a_day_at_the_same_moment_are_all_counted() -> None:
    at_once(lambda: Client().get("/tim-kiem/", {"q": "mật ong"}) for _ in range(6))
    assert kept() == [("mật ong", 6, 0, 1)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_count_that_postgresql_refuses_costs_neither_page(client: Client, honey: Any) -> None:
    results = "http://testserver/tim-kiem/?q=ong"
    client.get(results)
    other = connections["default"].copy()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        other.set_autocommit(False)
        other.cursor().execute("SELECT * FROM search_searchlog FOR UPDATE")
        assert honey.get_absolute_url() in client.get(results).content.decode()
        assert client.get(honey.get_absolute_url(), headers={"Referer": results}).status_code == 200
    finally:
        other.close()
        connection.close()
    assert list(SearchLog.objects.values_list("times", "clicks")) == [(1, 0)]


def test_pages_are_answered_outside_transactions() -> None:
    assert not connection.settings_dict["ATOMIC_REQUESTS"]


def migrate_to_the_end() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("search"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_counted_before_clicks_were_is_a_search_in_vain() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("search", "0003_waiting_and_rebuilds")])
    try:
        before = executor.loader.project_state([("search", "0003_waiting_and_rebuilds")]).apps
        before.get_model("search", "SearchLog").objects.create(day=DAY, text="sầu riêng", times=7, total=2)
    finally:
        migrate_to_the_end()
    assert kept() == [("sầu riêng", 7, 7, 2)]
    SearchLog.objects.create(day=DAY, text="mật ong", times=5, in_vain=0)
    try:
        executor = MigrationExecutor(connection)
        executor.migrate([("search", "0003_waiting_and_rebuilds")])
        old = executor.loader.project_state([("search", "0003_waiting_and_rebuilds")]).apps
        rows = old.get_model("search", "SearchLog").objects.values_list("text", "times")
        assert list(rows) == [("sầu riêng", 7)]
    finally:
        migrate_to_the_end()
