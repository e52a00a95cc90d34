"""Lan orders with her address book; Minh's addresses are none of hers."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from marketplace import clock
from marketplace.accounts.consents import wants_marketing
from marketplace.accounts.models import Consent, User
from marketplace.address import book
from marketplace.address.models import UserAddress
from marketplace.order.models import Order
from producers.models import Commune
from tests import factories
from tests.checkout.buyer import ANSWERS, Buyer
from tests.marketplace.accounts.person import account, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return account("lan@example.vn")


@pytest.fixture
def buyer(client: Client, lan: User) -> Buyer:
    client.force_login(lan)
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ"))
    return buyer


def kept(person: User, street: str = "Ngõ 34 Kim Mã", **fields: Any) -> UserAddress:
    details = {"name": "Mẹ Lan", "phone": "+84987654321", "commune": factories.commune("Ba Đình")} | fields
    return book.add(user_id=person.pk, written=book.Written(street=street, **details))


def page(buyer: Buyer) -> str:
    return text(buyer.client.get("/thanh-toan/"))


def test_the_default_is_picked_and_known_towards_where_it_costs_what(buyer: Buyer, lan: User) -> None:
    kept(lan, "Số 1")
    default = kept(lan)
    book.make_default(user_id=lan.pk, address_id=default.pk)
    html = page(buyer)
    assert f'name="dia_chi" value="{default.pk}" checked' in html
    assert html.index("Ngõ 34 Kim Mã, Phường Ba Đình") < html.index("Số 1, Phường Ba Đình")
    assert "Giao hàng" in html and 'value="Mẹ Lan"' in html
    assert "không cần tài khoản" not in html


def test_a_picked_address_stands_for_what_would_be_typed(buyer: Buyer, lan: User) -> None:
    address = kept(lan)
    assert buyer.orders(dia_chi=str(address.pk), ho_ten="", duong="", xa="", dien_thoai="").status_code == 302
    order = Order.objects.get()
    went_to = order.shipping_address
    assert (went_to.first_name, went_to.line1, order.phone) == ("Mẹ Lan", "Ngõ 34 Kim Mã", "+84987654321")
    address.refresh_from_db()
    assert address.num_orders_as_shipping_address == 1


def test_another_address_can_be_typed_and_saved(buyer: Buyer, lan: User) -> None:
    kept(lan)
    buyer.orders(dia_chi="moi", luu_dia_chi="on")
    assert Order.objects.get().shipping_address.line1 == ANSWERS["duong"]
    assert {row.line1 for row in book.book_of(lan.pk)} == {"Ngõ 34 Kim Mã", ANSWERS["duong"]}


def test_it_is_not_saved_unasked_nor_twice(buyer: Buyer, lan: User) -> None:
    buyer.orders(dia_chi="moi")
    assert not UserAddress.objects.exists()
    for _order in range(2):
        buyer.adds(factories.product())
        buyer.orders(dia_chi="moi", luu_dia_chi="on")
    assert book.book_of(lan.pk).count() == 1 and Order.objects.count() == 3


def test_a_full_book_keeps_nobody_from_ordering(
    buyer: Buyer, lan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MOST", 1)
    kept(lan)
    assert buyer.orders(dia_chi="moi", luu_dia_chi="on").status_code == 302
    assert book.book_of(lan.pk).count() == 1


@pytest.mark.parametrize("picked", ["minh", "987654", "x" * 10_000, "-1", "1 OR 1=1"])
def test_an_address_that_is_not_ones_own_is_not_used(buyer: Buyer, lan: User, picked: str) -> None:
    kept(lan)
    theirs = kept(account("minh@example.vn"), "Nhà Minh")
    answer = buyer.orders(dia_chi=str(theirs.pk) if picked == "minh" else picked)
    assert answer.status_code == 200 and not Order.objects.exists()
    assert "không còn trong sổ" in text(answer) and "Nhà Minh" not in text(answer)
    assert 'value="moi" checked' in text(answer)


def test_an_address_removed_in_another_window_is_said_to_be_gone(buyer: Buyer, lan: User) -> None:
    address = kept(lan)
    form = buyer.form(dia_chi=str(address.pk))
    book.remove(user_id=lan.pk, address_id=address.pk)
    assert "không còn trong sổ" in text(buyer.sends(form)) and not Order.objects.exists()


def test_an_address_whose_commune_has_ended_cannot_be_picked_until_it_is_mended(
    buyer: Buyer, lan: User
) -> None:
    address = kept(lan, commune=factories.commune("Kim Mã"))
    Commune.objects.filter(name="Kim Mã").update(until=date(2026, 11, 1))
    html = page(buyer)
    assert "Phường Kim Mã đã được sắp xếp lại." in html and f'value="{address.pk}" disabled' in html
    assert buyer.orders(dia_chi=str(address.pk)).status_code == 200 and not Order.objects.exists()


def test_an_old_commune_is_asked_about_and_the_choice_leads_to_the_order(buyer: Buyer) -> None:
    Commune.objects.update(formed_from="Phường Trúc Bạch")
    answer = buyer.orders(xa="Phường Trúc Bạch")
    assert "Bạn chọn nơi đúng ở hiện tại nhé" in text(answer) and not Order.objects.exists()
    code = Commune.objects.get().code
    seen = buyer.form(xa="Phường Trúc Bạch", de_nghi=code)
    html = text(buyer.sends(seen))
    again = seen | {
        "da_xem": buyer._hidden(html, "da_xem"),
        "xa": "Phường Ba Đình",
        "dia_chi_cu": "Phường Trúc Bạch",
    }
    if not Order.objects.exists():
        buyer.sends(again)
    went_to = Order.objects.get().shipping_address
    assert (went_to.commune.code, went_to.former_address) == (code, "Phường Trúc Bạch")


def test_guests_see_no_book(client: Client, lan: User) -> None:
    kept(lan)
    guest = Buyer(client)
    guest.adds(factories.product())
    html = page(guest)
    assert 'dia_chi"' not in html and "luu_dia_chi" not in html and "Kim Mã" not in html
    assert guest.orders(luu_dia_chi="on").status_code == 302 and UserAddress.objects.count() == 1


def test_the_terms_and_the_wish_for_news_are_recorded_with_the_order(buyer: Buyer, lan: User) -> None:
    buyer.orders(dia_chi="moi")
    assert not wants_marketing(user_id=lan.pk)
    buyer.adds(factories.product())
    with clock.at(clock.now() + timedelta(minutes=1)):
        buyer.orders(dia_chi="moi", nhan_tin="on")
    rows = (
        Consent.objects.filter(user=lan).order_by("pk").values_list("purpose", "text_version", "ip", "source")
    )
    terms, news = (
        ("order_terms", "2026-11", "127.0.0.1", "checkout"),
        ("marketing", "2026-11", "127.0.0.1", "checkout"),
    )
    assert list(rows) == [terms, terms, news] and wants_marketing(user_id=lan.pk)


def test_a_guests_consents_are_recorded_under_a_hash(client: Client) -> None:
    guest = Buyer(client)
    guest.adds(factories.product())
    guest.orders(nhan_tin="on", email="khach@example.vn")
    assert set(Consent.objects.values_list("user", "purpose")) == {(None, "order_terms"), (None, "marketing")}
    assert wants_marketing(contact="khach@example.vn")


def test_a_guest_takes_it_back_by_the_link_on_the_orders_page(client: Client) -> None:
    guest = Buyer(client)
    guest.adds(factories.product())
    html = text(client.get(guest.orders(nhan_tin="on", email="khach@example.vn").url))
    link = re.search(r'href="(/tai-khoan/du-lieu/rut/[^"]+)"', html)
    assert link
    client.post(link.group(1))
    assert not wants_marketing(contact="khach@example.vn")
    guest.adds(factories.product())
    assert "/du-lieu/rut/" not in text(client.get(guest.orders().url))
