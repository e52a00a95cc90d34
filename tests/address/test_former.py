from datetime import date, timedelta

import pytest

from marketplace import clock
from producers.communes import CommuneError, find_commune
from producers.former import propose
from producers.models import Commune, FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    factories.commune(
        "Ba Đình", formed_from="Phường Trúc Bạch, Phường Minh Khai (quận Ba Đình), Phường Điện Biên"
    )
    factories.commune("Hoàn Kiếm", formed_from="Phường Hàng Bạc, Phường Điện Biên")
    factories.commune("Bạch Mai", formed_from="Phường Minh Khai (quận Hai Bà Trưng), Phường Trúc Bạch Mới")
    province = factories.province("Tuyên Quang")
    FormerProvince.objects.create(code="02", name="Hà Giang", slug="ha-giang", province=province)
    factories.commune(
        "Thông Nguyên",
        of="Tuyên Quang",
        kind="xã",
        formed_from="Xã Xuân Minh, xã Thông Nguyên (giữ nguyên, không sáp nhập)",
    )


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("Trúc Bạch", ["Ba Đình"]),
        ("phuong truc bach", ["Ba Đình"]),
        ("Số 3, Phường Trúc Bạch, quận Ba Đình, Hà Nội", ["Ba Đình"]),
        ("Phường Điện Biên", ["Ba Đình", "Hoàn Kiếm"]),
        ("Minh Khai", ["Ba Đình", "Bạch Mai"]),
        ("Phường Minh Khai, quận Hai Bà Trưng", ["Bạch Mai"]),
        ("quận Ba Đình", ["Ba Đình"]),
        ("Xã Xuân Minh, tỉnh Hà Giang", ["Thông Nguyên"]),
        ("Trúc Bạch, Hà Giang", []),
        ("Trúc", []),
        ("Atlantis", []),
        ("phường", []),
        (",;,", []),
        ("%", []),
    ],
)
def test_an_old_address_proposes_what_its_place_became(typed: str, proposed: list[str]) -> None:
    assert [commune.name for commune in propose(text=typed)] == proposed


def test_within_a_province_only_its_communes_are_proposed() -> None:
    assert propose(text="Trúc Bạch", province=factories.province("Tuyên Quang")) == []


def test_a_commune_that_has_ended_is_neither_found_nor_proposed() -> None:
    hanoi = factories.province("Hà Nội")
    last = date(2026, 11, 30)
    Commune.objects.filter(name="Ba Đình").update(until=last)
    with clock.at(last):
        assert find_commune(province=hanoi, text="Ba Đình").name == "Ba Đình"
    with clock.at(last + timedelta(days=1)):
        assert propose(text="Trúc Bạch") == []
        with pytest.raises(CommuneError):
            find_commune(province=hanoi, text="Ba Đình")
