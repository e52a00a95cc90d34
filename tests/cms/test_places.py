"""What editors say about places stands on the shop's own pages."""

from typing import Any

import pytest

from cms.models import ProvinceText, RegionText, StoryPage
from cms.places import place_overview
from cms.starter.regions import load_region_texts
from producers.models import FormerProvince, Province, Region
from producers.reference import load_places
from tests import factories
from tests.cms.reading import page

pytestmark = pytest.mark.django_db


def test_a_province_shows_its_text_and_the_stories_of_its_producers(client: Any, story: StoryPage) -> None:
    place = Province.objects.get(slug="tuyen-quang")
    ProvinceText.objects.create(province=place, text="<p>Chè cổ thụ</p>", text_en="<p>Old tea</p>")
    vietnamese, english = page(client, "/tinh/tuyen-quang/"), page(client, "/en/tinh/tuyen-quang/")
    assert "<p>Chè cổ thụ</p>" in vietnamese
    assert "<p>Old tea</p>" in english
    assert f'<a href="{story.url}">Leo lên cây mà hái chè</a>' in vietnamese


def test_a_region_shows_its_text(client: Any) -> None:
    place = factories.province().region
    RegionText.objects.create(region=place, text="<p>Núi cao, sương nhiều</p>")
    assert "<p>Núi cao, sương nhiều</p>" in page(client, f"/vung/{place.slug}/")


def test_a_place_without_a_text_has_a_page(client: Any) -> None:
    factories.province()
    page(client, "/tinh/tuyen-quang/")


def test_every_region_starts_with_a_text_in_both_languages() -> None:
    load_places()
    assert load_region_texts() == Region.objects.count() == 6
    assert all(text.text and text.text_en for text in RegionText.objects.all())
    RegionText.objects.update(text="<p>Của ban biên tập</p>")
    assert load_region_texts() == 0
    assert set(RegionText.objects.values_list("text", flat=True)) == {"<p>Của ban biên tập</p>"}


def test_the_list_beside_the_map_is_in_the_order_of_the_alphabet() -> None:
    alphabet = ["An Giang", "Cà Mau", "Đà Nẵng", "Hà Nội"]
    for name in reversed(alphabet):
        place = factories.province(name)
        FormerProvince.objects.create(code=place.code, name=name, slug=place.slug, province=place)
    assert [place.name for place in place_overview(adult=False).provinces] == alphabet
