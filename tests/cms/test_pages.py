import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from catalogue.models import Category, CategoryFlag
from cms.models import HomePage, StoryPage, TextPage
from cms.models.base import RESERVED_SLUGS
from producers.models import FormerProvince
from tests import factories
from tests.cms.reading import Inline, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

STORY = "/cau-chuyen/che-phin-ho/"


def tea_shelf(number: int) -> None:
    FormerProvince.objects.create(code="02", name="Hà Giang", slug="ha-giang", province=factories.province())
    tea = factories.category("Chè", number=5)
    Category.objects.filter(pk=tea.pk).update(slug="che")
    for _n in range(number):
        factories.rating(factories.product(sets=(tea,)))


def test_home_is_served_in_both_languages(client: Any, home: HomePage) -> None:
    assert "Đặc sản có\xa0sao, có\xa0gốc\xa0gác</h1>" in page(client, "/")
    english = page(client, "/en/")
    assert "Specialities with stars and roots</h1>" in english and '<html lang="en">' in english


def test_home_shows_what_its_stored_queries_find_now(client: Any, home: HomePage) -> None:
    sauce = factories.product("Nước mắm Lê Gia")
    assert "Nước mắm Lê Gia" in page(client, "/")
    sauce.is_public = False
    sauce.save()
    assert "Nước mắm Lê Gia" not in page(client, "/")


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_home_takes_eight_queries_however_many_products(
    client: Any,
    home: HomePage,
    story: StoryPage,
    address: str,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tea_shelf(number)
    client.get(address)
    with django_assert_max_num_queries(8):
        assert page(client, address).count('class="card"') >= number / 3


@pytest.mark.parametrize("address", [STORY, "/en" + STORY])
def test_a_story_takes_nine_queries(
    client: Any, story: StoryPage, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(6):
        factories.product(by=story.producer)
    client.get(address)
    with django_assert_max_num_queries(9):
        page(client, address)


def test_a_product_stands_on_home_once(client: Any, home: HomePage) -> None:
    tea_shelf(1)
    factories.product("Nước mắm trà xanh", sets=(Category.objects.get(slug="che"),))
    assert page(client, "/").count("Nước mắm trà xanh</a>") == 1


def test_a_rail_shows_what_can_be_bought_and_one_of_each_producer_first(client: Any, home: HomePage) -> None:
    maker = factories.producer("HTX nhiều mắm")
    for number in range(5):
        factories.product(f"Nước mắm {number}", by=maker)
    factories.product("Nước mắm hết hàng", stock=0)
    factories.product("Nước mắm nhà khác")
    shown = re.findall(r">Nước mắm ([\w ]+)</a>", page(client, "/"))
    assert shown == ["0", "nhà khác", "1", "2", "3"]


def test_alcohol_is_hidden_from_home_and_its_counts(client: Any, home: HomePage) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Nước mắm giả làm rượu", sets=(spirits,))
    html = page(client, "/")
    assert "giả làm rượu" not in html and 'aria-label="Tuyên Quang 1 sản phẩm"' not in html


def test_a_restriction_holds_for_the_pages_below(client: Any, story: StoryPage) -> None:
    story.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get(STORY).status_code == 302


def test_a_story_shows_its_products_producer_and_season(client: Any, story: StoryPage) -> None:
    html = page(client, STORY)
    for words in ("Trà xanh Phìn Hồ", "HTX chế biến chè Phìn Hồ", "Xuân hái tháng 3–4.", "<blockquote>"):
        assert words in html


def test_a_story_in_english_is_marked_as_vietnamese_text(client: Any, story: StoryPage) -> None:
    html = page(client, "/en" + STORY)
    assert '<html lang="en">' in html and '<h1 lang="vi">Leo lên cây mà hái chè</h1>' in html


def test_a_deleted_product_leaves_the_story_standing(client: Any, story: StoryPage) -> None:
    story.producer.products.all().delete()
    assert "Trà xanh Phìn Hồ" not in page(client, STORY)
    assert "Đường lên Thông Nguyên" in page(client, STORY)


def test_a_story_outlives_its_producer(client: Any, story: StoryPage) -> None:
    story.producer.products.all().delete()
    story.producer.partner.delete()
    assert "Đường lên Thông Nguyên" in page(client, STORY)


@pytest.mark.parametrize("address", ["/", "/en/", STORY, "/cau-chuyen/", "/tro-giup/", "/phap-ly/chu-san/"])
def test_no_page_carries_inline_code(client: Any, story: StoryPage, address: str) -> None:
    factories.product("Nước mắm Lê Gia")
    assert Inline(page(client, address)).found == []


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_the_shops_own_addresses_are_refused_below_home(home: HomePage, slug: str) -> None:
    with pytest.raises(ValidationError, match="là của cửa hàng"):
        home.add_child(instance=TextPage(title="Trang thử", slug=slug))


def test_the_shops_words_may_be_used_deeper(home: HomePage) -> None:
    assert home.get_children().get(slug="tro-giup").get_children().filter(slug="thanh-toan").exists()


def test_a_page_that_is_taken_offline_is_gone_at_once(client: Any, story: StoryPage) -> None:
    story.unpublish()
    assert client.get(STORY).status_code == 404
    assert client.get("/en" + STORY).status_code == 404


def test_a_draft_does_not_show_before_it_is_published(client: Any, story: StoryPage) -> None:
    story.title = "Tên mới"
    draft = story.save_revision()
    assert "Tên mới" not in page(client, STORY)
    draft.publish()
    assert "Tên mới" in page(client, STORY) and "Tên mới" in page(client, "/en" + STORY)


def test_a_restricted_page_and_its_mirror_ask_strangers_to_sign_in(client: Any, story: StoryPage) -> None:
    story.view_restrictions.create(restriction_type="login")
    assert client.get(STORY).status_code == 302
    assert client.get("/en" + STORY).status_code == 302
