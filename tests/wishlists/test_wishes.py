"""Lan wishes for tea; Minh has wishes of his own."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.wishlists import wishes
from marketplace.wishlists.models import Line
from tests import factories
from tests.cms.reading import page

pytestmark = pytest.mark.django_db

ON, OFF = 'name="bo"', 'name="them"'


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ")


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan@example.vn", "mat-khau-rat-dai")


@pytest.fixture
def her(client: Client, lan: User) -> Client:
    client.force_login(lan)
    return client


@pytest.fixture
def wine() -> Product:
    return factories.product("Rượu ngô", sets=(factories.category("Rượu", flags=("alcohol",)),))


def press(client: Client, product: Product, name: str = "them", **sent: Any) -> Any:
    return client.post(
        reverse("wishlist:change"), {name: product.pk, "ve": product.get_absolute_url()} | sent
    )


def wished(person: User) -> list[str]:
    return list(Line.objects.filter(wishlist__owner=person).values_list("title", flat=True))


def heart(client: Client, product: Product) -> str:
    """The big heart of a product's page."""
    html = page(client, product.get_absolute_url())
    return html.partition('<button class="btn btn--quiet')[2].partition("</button>")[0]


def test_a_heart_puts_a_product_down_and_takes_it_back(her: Client, lan: User, tea: Product) -> None:
    assert OFF in heart(her, tea)
    assert press(her, tea).url == tea.get_absolute_url()
    assert wished(lan) == ["Trà xanh Phìn Hồ"] and ON in heart(her, tea)
    press(her, tea, "bo")
    assert wished(lan) == [] and OFF in heart(her, tea)


def test_pressing_twice_wishes_once_and_taking_back_twice_is_no_error(
    her: Client, lan: User, tea: Product
) -> None:
    for _window in ("one", "other"):
        assert press(her, tea).status_code == 302
    assert wished(lan) == ["Trà xanh Phìn Hồ"]
    for _window in ("one", "other"):
        assert press(her, tea, "bo").status_code == 302


def test_cards_show_what_is_wished_for(her: Client, tea: Product) -> None:
    factories.product("Trà khác", by=tea.producer)
    press(her, tea)
    html = page(her, tea.producer.get_absolute_url())
    assert html.count(ON) == 1 and html.count(OFF) == 1


def test_a_guest_signs_in_and_the_wish_is_there(client: Client, lan: User, tea: Product) -> None:
    answer = press(client, tea)
    assert answer.status_code == 302 and f"next={tea.get_absolute_url()}" in answer.url
    assert wished(lan) == []
    client.login(username="lan@example.vn", password="mat-khau-rat-dai")
    assert wished(lan) == ["Trà xanh Phìn Hồ"] and ON in heart(client, tea)


def test_what_has_gone_before_signing_in_is_let_go(client: Client, lan: User, tea: Product) -> None:
    press(client, tea)
    tea.delete()
    client.login(username="lan@example.vn", password="mat-khau-rat-dai")
    assert wished(lan) == []


def test_the_list_shows_price_and_stock_and_star_of_today(her: Client, tea: Product) -> None:
    factories.rating(tea, stars=4, issued_on=date(2026, 1, 15))
    press(her, tea)
    with clock.at(date(2026, 11, 27)):
        html = page(her, reverse("wishlist:list"))
    assert "185.000" in html and "4 sao" in html and reverse("basket:add") in html
    with clock.at(date(2030, 1, 1)):
        assert "4 sao" not in page(her, reverse("wishlist:list")).replace("Sao đã hết hạn", "")


def test_what_is_sold_out_or_has_sizes_is_not_put_into_the_basket(her: Client) -> None:
    press(her, factories.product("Hết hàng", stock=0))
    press(her, factories.sized(title="Nhiều cỡ")[0])
    html = page(her, reverse("wishlist:list"))
    assert "Tạm hết hàng" in html and "Chọn quy cách" in html
    assert reverse("basket:add") not in html


def test_what_has_gone_is_shown_as_gone_and_can_be_removed(her: Client, lan: User, tea: Product) -> None:
    hidden = factories.product("Thôi bán")
    for product in (tea, hidden):
        press(her, product)
    hidden.is_public = False
    hidden.save()
    tea.delete()
    html = page(her, reverse("wishlist:list"))
    assert html.count("Sản phẩm này không còn trên chợ.") == 2 and "Trà xanh Phìn Hồ" in html
    for line in Line.objects.all():
        her.post(reverse("wishlist:remove", args=[line.pk]))
    assert wished(lan) == []


def test_alcohol_is_for_adults(her: Client, lan: User, wine: Product) -> None:
    assert "18 tuổi" in her.post(reverse("wishlist:change"), {"them": wine.pk}, follow=True).content.decode()
    assert wished(lan) == []
    her.post(reverse("search:adult"))
    press(her, wine)
    assert "Rượu ngô" in page(her, reverse("wishlist:list"))
    her.cookies.pop("tuoi")
    html = page(her, reverse("wishlist:list"))
    assert "Rượu ngô" not in html and "Sản phẩm dành cho người từ 18 tuổi" in html


def test_alcohol_goes_from_the_list_into_the_basket_where_it_can_be_prepaid(
    her: Client, wine: Product, settings: Any
) -> None:
    her.post(reverse("search:adult"))
    press(her, wine)
    assert reverse("basket:add") not in page(her, reverse("wishlist:list"))
    settings.BANK_ACCOUNT = "0123456789"
    assert reverse("basket:add") in page(her, reverse("wishlist:list"))


def test_a_list_has_an_end(her: Client, lan: User, tea: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST", 1)
    press(her, tea)
    other = factories.product("Khác")
    assert (
        "nhiều nhất 1"
        in her.post(reverse("wishlist:change"), {"them": other.pk}, follow=True).content.decode()
    )
    assert wished(lan) == ["Trà xanh Phìn Hồ"]
    press(her, tea)  # what is there already is no more


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"them": "x"},
        {"them": "9" * 10_000},
        {"them": "0"},
        {"them": "1", "bo": "1"},
        {"bo": "-1"},
        {"them": "987654"},
    ],
)
def test_nonsense_changes_nothing(her: Client, lan: User, sent: dict[str, str]) -> None:
    assert her.post(reverse("wishlist:change"), sent).status_code == 302
    assert wished(lan) == []


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/" + "x" * 10_000]
)
def test_a_heart_leads_back_to_our_own_pages_only(her: Client, tea: Product, address: str) -> None:
    assert press(her, tea, ve=address).url == reverse("wishlist:list")


def test_anothers_wish_stays(her: Client, tea: Product) -> None:
    minh = User.objects.create_user("minh@example.vn", "x")
    wishes.wish(user_id=minh.pk, product_id=tea.pk, adult=False)
    her.post(reverse("wishlist:remove", args=[Line.objects.get().pk]))
    press(her, tea, "bo")
    assert wished(minh) == ["Trà xanh Phìn Hồ"]
    assert "Trà xanh" not in page(her, reverse("wishlist:list"))


def test_with_script_the_heart_alone_comes_back(her: Client, tea: Product) -> None:
    html = her.post(
        reverse("wishlist:change"), {"them": tea.pk}, headers={"HX-Request": "true"}
    ).content.decode()
    assert html.count("<button") == 1 and ON in html and "Trà xanh Phìn Hồ" in html and "autofocus" in html


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_hearts_ask_the_database_nothing_for_guests_and_once_for_others(lan: User, tea: Product) -> None:
    """Besides session and person, which are read once a request."""
    for number in range(5):
        other = factories.product(f"Trà {number}", by=tea.producer)
        wishes.wish(user_id=lan.pk, product_id=other.pk, adult=False)
    guest, her = Client(), Client()
    her.force_login(lan)
    with CaptureQueriesContext(connection) as queries:
        guest.get("/san-pham/")
    assert not any("wishlists" in query["sql"] or "session" in query["sql"] for query in queries)
    assert asked(her, "/san-pham/") <= asked(guest, "/san-pham/") + 3


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("wishlist:list")).status_code == 302
    assert client.post(reverse("wishlist:remove", args=[1])).status_code == 302
