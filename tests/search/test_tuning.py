from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from producers.models import PlaceAlias, PlaceAliasKind
from search import reference
from search.models import PromotedResult, StopWord, Synonym
from search.query import ProductQuery
from search.reference import Kept
from search.report import report
from search.result import ProductResult
from search.searching import search
from search.text.lexicon import shipped as in_files
from search.tuning import shipped
from tests import factories

pytestmark = pytest.mark.django_db


def answer(text: str, **details: Any) -> ProductResult:
    return search(ProductQuery(text=text, day=clock.today(), **details), facets=False)


def names(text: str, **details: Any) -> list[str]:
    query = ProductQuery(text=text, day=clock.today(), **details)
    return [row["name"] for row in report(query, search(query, facets=False))["results"]]


def pick(text: str, product: Product, **details: Any) -> PromotedResult:
    return PromotedResult.objects.create(text=text, product=product, reason="Đạt 5 sao năm nay.", **details)


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    """What a process learns when its own transaction ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# ----- what comes with the shop


def test_what_comes_with_the_shop_is_in_force_as_it_stands_in_its_files() -> None:
    known = reference.knowledge().lexicon
    assert known.senses == in_files().senses
    assert known.stop_words == in_files().stop_words


def test_what_staff_edited_stays_and_the_rest_follows_the_files() -> None:
    edited, stale = Synonym.objects.filter(key__isnull=False)[:2]
    edited.active = False
    edited.save()
    Synonym.objects.filter(pk=stale.pk).update(not_after="một lỗi")
    Synonym.objects.create(words="của nhân viên, của mình")
    gone = StopWord(word="từ cũ", key="từ cũ")
    StopWord.objects.bulk_create([gone])
    call_command("migrate", verbosity=0)
    edited.refresh_from_db()
    stale.refresh_from_db()
    assert not edited.active and stale.not_after != "một lỗi"
    assert Synonym.objects.filter(words="của nhân viên, của mình").exists()
    assert not StopWord.objects.filter(word="từ cũ").exists()
    assert shipped.level() == 0


# ----- words


def test_a_new_synonym_finds_without_a_new_index(at_once: Any) -> None:
    factories.product("Bánh pía Sóc Trăng")
    assert not answer("lột da").total
    with at_once():
        Synonym.objects.create(words="bánh pía, bánh lột da")
    assert names("banh lot da") == ["Bánh pía Sóc Trăng"]
    with at_once():
        Synonym.objects.filter(words="bánh pía, bánh lột da").get().delete()
    assert not answer("lột da").total


def test_a_synonym_out_of_use_finds_nothing_more(at_once: Any) -> None:
    factories.product("Trà xanh Phìn Hồ")
    assert names("chè xanh") == ["Trà xanh Phìn Hồ"] and not answer("chè xanh").relaxed
    with at_once():
        for row in Synonym.objects.filter(words__contains="chè, trà"):
            row.active = False
            row.save()
    assert not answer("chè").total


def test_a_stop_word_need_not_be_found(at_once: Any) -> None:
    factories.product("Mật ong rừng")
    assert answer("mật ong xịn").relaxed
    with at_once():
        StopWord.objects.create(word="xịn")
    assert names("mật ong xịn") == ["Mật ong rừng"] and not answer("mật ong xịn").relaxed


def test_a_new_name_of_a_place_filters(at_once: Any) -> None:
    place = factories.province("Hà Nội")
    factories.product("Rượu ngô", by=factories.producer(of="Hà Nội"))
    with at_once():
        PlaceAlias.objects.create(text="xứ sương mù", kind=PlaceAliasKind.NICKNAME, province=place)
    chips = answer("đặc sản xứ sương mù").chips
    assert [chip.codes for chip in chips] == [(place.code,)]


def test_other_processes_read_staffs_words_anew(settings: Any) -> None:
    settings.SEARCH_REFERENCE_SECONDS = 0
    factories.product("Mật ong rừng")
    assert answer("mật ong xịn").relaxed
    StopWord.objects.bulk_create([StopWord(word="xịn")])
    shipped.words_changed()
    assert not answer("mật ong xịn").relaxed


@pytest.mark.parametrize(
    ("field", "value"),
    [("words", "chè"), ("words", "chè, !!!"), ("words", "một hai ba bốn năm sáu bảy, chè"), ("weight", 2)],
)
def test_what_can_be_no_synonym_is_said_so(field: str, value: Any) -> None:
    row = Synonym(**({"words": "chè, trà"} | {field: value}))
    with pytest.raises(ValidationError) as told:
        row.full_clean()
    assert field in told.value.message_dict


def test_what_is_forgotten_while_it_is_made_is_made_again() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        if len(made) == 1:
            kept.forget()
        return len(made)

    kept: Kept[int] = Kept(make, lambda: 0)
    assert [kept.get(), kept.get(), kept.get()] == [1, 2, 2]


# ----- promoted results


def test_promoted_results_stand_in_front_and_only_once() -> None:
    first, second = factories.product("Hộp quà Tết"), factories.product("Quà Tết Phìn Hồ")
    other = factories.product("Yến sào Khánh Hòa")
    pick("quà tết", other, position=1)
    pick("quà tết", second, position=2)
    assert names("qua tet")[:2] == ["Yến sào Khánh Hòa", "Quà Tết Phìn Hồ"]
    assert names("qua tet").count("Quà Tết Phìn Hồ") == 1
    assert first.title in names("quà tết")


def test_the_page_on_ranking_shows_no_alcohol_to_the_young(client: Any) -> None:
    wine = factories.product("Rượu ngô Na Hang", sets=(factories.category("Rượu", flags=("alcohol",)),))
    pick("quà", wine)
    assert "Na Hang" not in client.get(reverse("search:ranking")).content.decode()
    client.post(reverse("search:adult"))
    assert "Na Hang" in client.get(reverse("search:ranking")).content.decode()


@pytest.mark.parametrize("text", ["quả tết", "quà", "quà tết rẻ"])
def test_another_text_shows_no_promoted_result(text: str) -> None:
    pick("quà tết", factories.product("Yến sào Khánh Hòa"))
    assert not answer(text).promoted


def test_promoted_results_fit_the_filters_and_the_visitor() -> None:
    wine = factories.product("Rượu ngô", sets=(factories.category("Rượu", flags=("alcohol",)),))
    tea = factories.product("Trà xanh", by=factories.producer(of="Hà Nội"))
    for product in (wine, tea):
        pick("quà", product)
    assert [one.product_id for one in answer("quà").promoted] == [tea.pk]
    assert {one.product_id for one in answer("quà", adult=True).promoted} == {wine.pk, tea.pk}
    elsewhere = frozenset({factories.province("Tuyên Quang").code})
    assert not answer("quà", provinces=elsewhere).promoted


def test_a_promoted_result_has_its_days() -> None:
    tea, today = factories.product("Trà xanh"), clock.today()
    pick("quà", tea, first_day=today, last_day=today)
    assert answer("quà").promoted
    with clock.at(today + timedelta(days=1)):
        assert not answer("quà").promoted


def test_one_product_under_two_spellings_stands_where_it_is_first() -> None:
    first, second = factories.product("Trà xanh"), factories.product("Trà đen")
    for text, product, position in (("chè", first, 1), ("chè", second, 2), ("che", first, 3)):
        pick(text, product, position=position)
    assert [one.product_id for one in answer("che").promoted] == [first.pk, second.pk]


def test_a_promoted_text_may_be_as_long_as_a_search() -> None:
    row = PromotedResult(
        text="nước mắm nhĩ cá cơm Phú Quốc", product=factories.product(), position=1, reason="Ngon"
    )
    row.full_clean()
    row.text = "!!!"
    with pytest.raises(ValidationError):
        row.full_clean()


def test_a_stop_word_is_one_word() -> None:
    with pytest.raises(ValidationError):
        StopWord(word="ngon, rẻ").full_clean()


def test_a_product_that_is_hidden_is_not_promoted() -> None:
    tea = factories.product("Trà xanh")
    pick("quà", tea)
    tea.is_public = False
    tea.save()
    assert not answer("quà").promoted


def test_visitors_see_who_put_it_there_and_why(client: Any) -> None:
    pick("quà", factories.product("Trà xanh Phìn Hồ"))
    html = client.get(reverse("search:search"), {"q": "quà"}).content.decode()
    assert "Chợ OCOP chọn cho câu tìm này" in html and "Đạt 5 sao năm nay." in html
    assert "Chợ OCOP chọn" not in client.get(reverse("search:search"), {"q": "trà"}).content.decode()


def test_the_page_on_ranking_names_the_numbers_and_the_products_in_use(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.ranking.FOUND", 12.5)
    pick("quà", factories.product("Trà xanh Phìn Hồ"))
    html = client.get(reverse("search:ranking")).content.decode()
    assert "12,5 điểm" in html and "Trà xanh Phìn Hồ" in html and "Đạt 5 sao năm nay." in html
