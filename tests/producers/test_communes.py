import pytest

from producers.communes import CommuneError, find_commune
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    factories.commune("Ba Đình", of="Hà Nội", formed_from="Phường Quán Thánh, Phường Trúc Bạch")
    factories.commune("Ba Vì", of="Hà Nội", kind="xã")
    factories.commune("Thông Nguyên", of="Tuyên Quang", kind="xã")


@pytest.mark.parametrize(
    "typed", ["Ba Đình", "ba dinh", "Phường Ba Đình", "PHUONG BA DINH", "Phường Ba Đình, Hà Nội"]
)
def test_a_commune_is_found_as_people_type_it(typed: str) -> None:
    assert find_commune(province=factories.province("Hà Nội"), text=typed).name == "Ba Đình"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Xã Thông Nguyên", "Xã Thông Nguyên thuộc Tuyên Quang, không thuộc Hà Nội"),
        ("Trúc Bạch", "Trúc Bạch là tên cũ, nay thuộc: Phường Ba Đình"),
        ("Phường Trúc Bạch", "nay thuộc: Phường Ba Đình"),
        ("Atlantis", "Không có xã, phường, đặc khu nào tên “Atlantis” ở Hà Nội"),
        ("%", "Không có xã"),
        ("xã", "Không có xã"),
    ],
)
def test_a_commune_that_is_not_there_is_explained(typed: str, said: str) -> None:
    with pytest.raises(CommuneError, match=said):
        find_commune(province=factories.province("Hà Nội"), text=typed)


def test_of_equal_names_the_kind_decides_or_the_choices_are_said() -> None:
    factories.commune("Ba Đình", of="Hà Nội", kind="xã")
    hanoi = factories.province("Hà Nội")
    assert find_commune(province=hanoi, text="xa ba dinh").kind == "xã"
    with pytest.raises(CommuneError, match="Phường Ba Đình, Xã Ba Đình"):
        find_commune(province=hanoi, text="Ba Đình")
