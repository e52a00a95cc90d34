"""Lan keeps addresses, Minh has others."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.address import book
from marketplace.address.models import UserAddress
from producers.models import Commune
from tests import factories

pytestmark = pytest.mark.django_db

ANSWERS = {
    "ho_ten": "Nguyễn Thị Lan",
    "dien_thoai": "091 234 5678",
    "tinh": "ha-noi",
    "xa": "Phường Ba Đình",
    "duong": "Số 12, ngõ 34",
}


@pytest.fixture(autouse=True)
def places() -> None:
    factories.commune("Ba Đình", formed_from="Phường Trúc Bạch, Phường Điện Biên")
    factories.commune("Hoàn Kiếm", formed_from="Phường Điện Biên")


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan@example.vn", "mat-khau-rat-dai")


@pytest.fixture
def her(client: Client, lan: User) -> Client:
    client.force_login(lan)
    return client


def kept(person: User, street: str = "Số 1", **fields: Any) -> UserAddress:
    details = {"name": "Lan", "phone": "+84912345678", "commune": factories.commune("Ba Đình")} | fields
    return book.add(user_id=person.pk, written=book.Written(street=street, **details))


def send(client: Client, name: str = "address:add", *args: int, **answers: str) -> Any:
    return client.post(reverse(name, args=args), ANSWERS | answers)


def defaults(person: User) -> list[str]:
    return list(book.book_of(person.pk).filter(is_default_for_shipping=True).values_list("line1", flat=True))


def test_an_address_is_kept_with_its_two_levels_and_the_first_is_the_default(her: Client, lan: User) -> None:
    assert send(her, dia_chi_cu="quận Ba Đình").url == reverse("address:book")
    address = book.book_of(lan.pk).get()
    assert (address.place, address.former_address) == ("Phường Ba Đình, Hà Nội", "quận Ba Đình")
    assert (str(address.phone_number), address.is_default_for_shipping) == ("+84912345678", True)
    assert "Số 12, ngõ 34, Phường Ba Đình, Hà Nội" in her.get(reverse("address:book")).content.decode()


def test_an_old_commune_is_asked_about_and_not_changed(her: Client, lan: User) -> None:
    page = send(her, xa="Phường Điện Biên").content.decode()
    assert "Phường Ba Đình, Hà Nội" in page and "Phường Hoàn Kiếm, Hà Nội" in page
    assert (
        "Bạn chọn nơi đúng ở hiện tại nhé" in page
        and "checked" not in page.partition('name="de_nghi"')[2][:200]
    )
    assert not UserAddress.objects.exists()


def test_the_commune_that_was_chosen_is_kept_with_the_old_name_beside_it(her: Client, lan: User) -> None:
    chosen = Commune.objects.get(name="Hoàn Kiếm")
    send(her, xa="Phường Điện Biên", de_nghi=chosen.code)
    address = book.book_of(lan.pk).get()
    assert (address.commune, address.former_address) == (chosen, "Phường Điện Biên")


def test_an_old_address_alone_is_enough_to_be_asked(her: Client, lan: User) -> None:
    page = send(her, tinh="", xa="", dia_chi_cu="Phường Trúc Bạch, Hà Nội").content.decode()
    assert "Phường Ba Đình, Hà Nội" in page and "Bạn chọn tỉnh, thành phố nơi nhận" not in page
    send(
        her,
        tinh="",
        xa="",
        dia_chi_cu="Phường Trúc Bạch, Hà Nội",
        de_nghi=Commune.objects.get(name="Ba Đình").code,
    )
    assert book.book_of(lan.pk).get().commune.name == "Ba Đình"


def test_a_commune_nobody_proposed_is_not_taken(her: Client) -> None:
    assert "Không có xã" in send(her, xa="Atlantis", de_nghi="99999").content.decode()
    assert not UserAddress.objects.exists()


def test_what_is_typed_and_exists_counts_more_than_a_choice_left_behind(her: Client, lan: User) -> None:
    send(her, xa="Ba Đình", de_nghi=Commune.objects.get(name="Hoàn Kiếm").code)
    assert book.book_of(lan.pk).get().commune.name == "Ba Đình"


def test_an_address_whose_commune_has_ended_asks_where_it_lies_now(her: Client, lan: User) -> None:
    old = factories.commune("Điện Biên")
    address = kept(lan, commune=old)
    Commune.objects.filter(pk=old.pk).update(until=date(2026, 11, 30))
    with clock.at(date(2026, 12, 1)):
        assert "đã được sắp xếp lại" in her.get(reverse("address:book")).content.decode()
        page = her.get(reverse("address:change", args=[address.pk])).content.decode()
        chosen = Commune.objects.get(name="Hoàn Kiếm")
        assert f'value="{chosen.code}"' in page
        send(her, "address:change", address.pk, xa="Phường Điện Biên", de_nghi=chosen.code)
    address.refresh_from_db()
    assert address.commune == chosen


def test_one_address_is_the_default_and_its_heir_follows(her: Client, lan: User) -> None:
    first, second = kept(lan, "Số 1"), kept(lan, "Số 2")
    her.post(reverse("address:make_default", args=[second.pk]))
    assert defaults(lan) == ["Số 2"]
    her.post(reverse("address:remove", args=[second.pk]))
    assert defaults(lan) == [first.line1]


def test_an_address_can_be_written_anew(her: Client, lan: User) -> None:
    first, _second = kept(lan, "Số 1"), kept(lan, "Số 2")
    send(her, "address:change", first.pk, duong="Số 9", ho_ten="  Trần   Thị Lan ")
    first.refresh_from_db()
    assert (first.line1, first.first_name, defaults(lan)) == ("Số 9", "Trần Thị Lan", ["Số 9"])


def test_the_same_address_is_not_kept_twice(her: Client, lan: User) -> None:
    send(her)
    assert "đã có trong sổ" in send(her).content.decode()
    assert book.book_of(lan.pk).count() == 1


def test_a_book_holds_twenty(her: Client, lan: User) -> None:
    for number in range(book.MOST):
        kept(lan, f"Số {number}")
    assert "nhiều nhất 20 địa chỉ" in send(her).content.decode()
    assert book.book_of(lan.pk).count() == book.MOST
    assert "nhiều nhất 20 địa chỉ" in her.get(reverse("address:book")).content.decode()


@pytest.mark.parametrize("name", ["address:change", "address:make_default", "address:remove"])
def test_nobody_reaches_anothers_address(her: Client, lan: User, name: str) -> None:
    theirs = kept(User.objects.create_user("minh@example.vn", "x"), "Số 7")
    assert send(her, name, theirs.pk).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.line1, theirs.is_default_for_shipping) == ("Số 7", True)


@pytest.mark.parametrize("name", ["address:change", "address:make_default", "address:remove"])
def test_what_another_window_has_removed_is_gone(her: Client, lan: User, name: str) -> None:
    address = kept(lan)
    book.remove(user_id=lan.pk, address_id=address.pk)
    assert send(her, name, address.pk).status_code == 404


@pytest.mark.parametrize(
    "answers",
    [
        {name: "x" * 10_000}
        for name in ("ho_ten", "dien_thoai", "xa", "duong", "dia_chi_cu", "de_nghi", "tinh")
    ]
    + [{"ho_ten": " "}, {"dien_thoai": "123"}, {"xa": "<script>"}, {"tinh": "atlantis"}],
)
def test_nonsense_is_explained_and_not_kept(her: Client, answers: dict[str, str]) -> None:
    answer = send(her, **answers)
    assert answer.status_code == 200 and "Bạn xem lại giúp những chỗ sau" in answer.content.decode()
    assert not UserAddress.objects.exists()


def test_what_is_wrong_is_listed_in_the_order_of_the_fields(her: Client) -> None:
    page = her.post(reverse("address:add"), {}).content.decode()
    fields = ("ho_ten", "dien_thoai", "tinh", "xa", "duong")
    listed = [page.index(f'<a href="#id_{name}">') for name in fields]
    assert listed == sorted(listed)


@pytest.mark.parametrize("name", ["address:book", "address:add"])
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and f"next={reverse(name)}" in answer.url


def test_the_list_of_communes_is_the_provinces(client: Client) -> None:
    page = client.get(reverse("address:communes"), {"tinh": "ha-noi"}).content.decode()
    assert "Phường Ba Đình" in page
    assert client.get(reverse("address:communes"), {"tinh": "x" * 10_000}).content.decode().strip() == ""
