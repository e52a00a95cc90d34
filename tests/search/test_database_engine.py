from datetime import date

import pytest
from django.test import Client

from marketplace.order.models import ParcelState
from search import indexing
from search.engines import database
from search.engines.database import DatabaseEngine
from search.models import Entry, SearchLog
from search.query import ProductQuery, Sort
from search.relaxation import Attempt
from search.searching import search
from tests import factories
from tests.order import moving, placing

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def asked(text: str = "", **filters: object) -> ProductQuery:
    return ProductQuery(text=text, day=DAY, **filters)  # type: ignore[arg-type]


def test_a_product_is_found_as_soon_as_it_is_saved() -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    assert search(asked("tra xanh phin ho")).ids == (product.pk,)


def test_a_product_that_is_withdrawn_is_found_no_more() -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    product.is_public = False
    product.save()
    assert search(asked("phin ho")).total == 0


def test_marks_typed_decide() -> None:
    coconut, melon = factories.product("Kẹo dừa"), factories.product("Dưa lưới")
    assert search(asked("dừa")).ids[0] == coconut.pk
    assert search(asked("dưa")).ids[0] == melon.pk


def test_the_star_filter_asks_for_the_day() -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    factories.rating(product, stars=4, issued_on=date(2024, 1, 1))
    found = search(asked(stars=frozenset({4})))
    later = search(ProductQuery(text="", day=date(2027, 1, 2), stars=frozenset({4})))
    assert (found.ids, later.ids) == ((product.pk,), ())


@pytest.mark.parametrize("most", [3, 5, 200])
def test_a_list_begins_with_the_stars_in_stock_however_many_are_ranked(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MOST_RANKED", most)
    wanted = [(5, 9), (4, 9), (4, 9), (5, 0), (3, 9), (4, 0), (3, 0), (None, 9)]
    made = []
    for place, (stars, stock) in enumerate(wanted):
        product = factories.product(f"Trà {place}", stock=stock)
        if stars:
            factories.rating(product, stars=stars, issued_on=date(2025, 12, 31 - place))
        made.append(product.pk)
    query = asked()
    listed = DatabaseEngine().retrieve(Attempt(query, (), 0))
    assert [one.id for one in listed.candidates] == made[:most]
    assert listed.total == len(made)


def test_a_facets_own_choice_does_not_shrink_its_counts() -> None:
    four, five = factories.product("Trà một"), factories.product("Trà hai")
    factories.rating(four, stars=4, issued_on=date(2025, 1, 1))
    factories.rating(five, stars=5, issued_on=date(2025, 1, 1))
    result = search(asked(stars=frozenset({4})))
    assert result.total == 1
    assert {stars: n for stars, n in result.facets["star"].items() if stars} == {"4": 1, "5": 1}


def test_the_index_is_level_after_single_changes_and_after_a_rebuild() -> None:
    factories.rating(factories.product("Trà một"), stars=4, issued_on=date(2025, 1, 1))
    factories.product("Trà hai")
    level: dict[str, list[int]] = {"missing": [], "superfluous": [], "stale": []}
    assert indexing.drift() == level
    indexing.rebuild()
    assert indexing.drift() == level
    Entry.objects.all().delete()
    assert len(indexing.drift()["missing"]) == 2


def test_what_is_ordered_most_is_the_best_selling_sizes_included() -> None:
    honey, tea = factories.product("Mật ong", stock=20), factories.product("Trà một", stock=20)
    parent, (small, _large) = factories.sized()
    placing.place((honey, 2))
    placing.place((small, 5))
    cancelled = placing.place((tea, 9))
    moving.move(moving.parcel_of(cancelled), ParcelState.CANCELLED)
    indexing.rebuild()
    assert search(asked(sort=Sort.BEST_SELLING)).ids == (parent.pk, honey.pk, tea.pk)
    placing.place((honey, 4))
    assert search(asked(sort=Sort.BEST_SELLING)).ids == (honey.pk, parent.pk, tea.pk)
    assert indexing.drift()["stale"] == []


def test_a_search_is_kept_without_what_points_at_a_person(client: Client) -> None:
    client.get("/tim-kiem/", {"q": "xyzt 0912345678 an@example.vn"})
    assert list(SearchLog.objects.values_list("text", flat=True)) == ["xyzt"]


@pytest.mark.parametrize(
    "query",
    ["sao=9", "tinh=atlantis", "trang=999", "gia_tu=x", "sap_xep=vi-tri", "con_hang=x", "chung_nhan=0"],
)
def test_filters_that_nobody_offers_are_not_found(client: Client, query: str) -> None:
    assert client.get(f"/san-pham/?{query}").status_code == 404


def test_it_goes_back_only_to_pages_of_its_own(client: Client) -> None:
    away = client.post("/tuoi/", {"next": "https://example.com/"})
    assert away["Location"] == "/san-pham/"
    assert client.cookies["tuoi"].value
