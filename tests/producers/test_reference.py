from typing import Any

import pytest
from django.db.models import Count

from producers.models import Commune, FormerProvince, PlaceAlias, Province, Region
from producers.reference import load_places

pytestmark = pytest.mark.django_db

KINDS = (Region, Province, FormerProvince, Commune, PlaceAlias)


@pytest.fixture(autouse=True)
def places() -> None:
    load_places()


def test_every_place_of_vietnam_is_there() -> None:
    assert [kind.objects.count() for kind in KINDS[:4]] == [6, 34, 63, 3321]


def test_every_region_has_provinces_and_every_province_communes_and_a_past() -> None:
    regions = Region.objects.annotate(n=Count("provinces"))
    assert sum(region.n for region in regions) == 34
    assert all(region.n >= 3 for region in regions)
    provinces = Province.objects.annotate(
        now=Count("communes", distinct=True), then=Count("former_provinces", distinct=True)
    )
    assert sum(province.now for province in provinces) == 3321
    assert sum(province.then for province in provinces) == 63
    assert all(province.now and 1 <= province.then <= 3 for province in provinces)


@pytest.mark.parametrize(
    ("former", "today"),
    [("Hà Giang", "Tuyên Quang"), ("Bạc Liêu", "Cà Mau"), ("Bến Tre", "Vĩnh Long"), ("Hà Nội", "Hà Nội")],
)
def test_a_former_province_is_part_of_todays(former: str, today: str) -> None:
    assert FormerProvince.objects.get(name=former).province.name == today


def test_communes_are_of_three_kinds_and_folded_for_looking_up() -> None:
    assert set(Commune.objects.values_list("kind", flat=True)) == {"xã", "phường", "đặc khu"}
    assert Commune.objects.filter(kind="đặc khu").count() == 13
    assert Commune.objects.get(province__name="Hà Nội", folded="ba dinh").full_name == "Phường Ba Đình"


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Sài Gòn", "alias", "Hồ Chí Minh"),
        ("Huế", "alias", "Thừa Thiên Huế"),
        ("đất mũi", "nickname", "Cà Mau"),
        ("Tân Cương", "specialty", "Thái Nguyên"),
    ],
)
def test_other_names_lead_to_their_place(text: str, kind: str, place: str) -> None:
    names = PlaceAlias.objects.filter(text__iexact=text, kind=kind)
    assert place in {str(name.province or name.former_province) for name in names}


def test_every_province_of_today_can_be_named_otherwise() -> None:
    assert PlaceAlias.objects.filter(kind="specialty").count() >= 100
    assert not Province.objects.filter(aliases=None, former_provinces__aliases=None).exists()


def test_loading_again_changes_nothing() -> None:
    def everything() -> list[Any]:
        return [list(kind.objects.order_by("pk").values()) for kind in KINDS]

    before = everything()
    load_places()
    assert everything() == before


def test_a_name_that_staff_dropped_or_changed_does_not_come_back() -> None:
    load_places()
    dropped, changed = PlaceAlias.objects.order_by("pk")[:2]
    dropped.delete()
    changed.text = "tên mới"
    changed.save()
    number = PlaceAlias.objects.count()
    load_places()
    assert PlaceAlias.objects.count() == number
