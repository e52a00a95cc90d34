"""What every kind of public page carries, whatever it shows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.starter import load_pages, load_story
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db

NOTICE = {"vi": "Bản trình diễn: dữ liệu mẫu", "en": "Demonstration: sample data"}
STRICT = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "form-action": "'self'"}


def loose(policy: str) -> list[str]:
    """What a content security policy lets in that no public page needs."""
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    missing = [f"{name} {value}" for name, value in STRICT.items() if directives.get(name) != value]
    return missing + [
        f"{name} {value}" for name, value in directives.items() if "unsafe" in value or "*" in value
    ]


@pytest.fixture
def addresses(client: Client) -> list[str]:
    """An address of every kind of page, in Vietnamese; the client's basket has something in it."""
    load_pages()
    maker = factories.producer("HTX Phìn Hồ")
    tea = factories.product("Trà xanh", by=maker)
    load_story(slug="tra", title="Trà", producer=maker, lead="Trà", text="Trà", products={})
    buyer = Buyer(client)
    buyer.adds(tea)
    order = buyer.orders().url
    buyer.adds(tea)
    fixed = (
        "/",
        "/san-pham/",
        "/tim-kiem/?q=tra",
        "/tim-kiem/?q=khongcogi",
        "/cach-xep-hang/",
        "/nha-san-xuat/",
    )
    texts = ("/tro-giup/", "/tro-giup/giao-hang/", "/phap-ly/", "/cau-chuyen/", "/cau-chuyen/tra/")
    places = (
        reverse("places:province", kwargs={"slug": maker.province.slug}),
        reverse("places:region", kwargs={"slug": maker.province.region.slug}),
    )
    shop = (tea.get_absolute_url(), maker.get_absolute_url(), "/gio-hang/", "/thanh-toan/", order)
    wrong = ("/khong-co/", "/don-hang/a%00b/")
    return [*fixed, *texts, *places, *shop, *wrong]


def answers(client: Client, addresses: list[str]) -> dict[str, Any]:
    """By address, in both languages."""
    every = [*addresses, *(f"/en{address}" for address in addresses)]
    found = {address: client.get(address) for address in every}
    bad = {address for address, answer in found.items() if answer.status_code != 200}
    assert bad == {
        f"{root}{address}" for root in ("", "/en") for address in ("/khong-co/", "/don-hang/a%00b/")
    }
    return found


def test_every_page_says_that_the_shop_is_a_demonstration(client: Client, addresses: list[str]) -> None:
    silent = [
        address
        for address, answer in answers(client, addresses).items()
        if NOTICE["en" if address.startswith("/en/") else "vi"] not in answer.content.decode()
    ]
    assert silent == []


def test_no_page_says_so_in_a_real_shop(client: Client, addresses: list[str], settings: Any) -> None:
    settings.DEMO_NOTICE = False
    told = [
        address
        for address, answer in answers(client, addresses).items()
        if NOTICE["vi"] in answer.content.decode() or NOTICE["en"] in answer.content.decode()
    ]
    assert told == []


def test_no_page_lets_inline_script_or_style_in(client: Client, addresses: list[str]) -> None:
    found = answers(client, addresses)
    weak = {address: loose(answer.get("Content-Security-Policy", "")) for address, answer in found.items()}
    assert {address: why for address, why in weak.items() if why} == {}


@pytest.mark.parametrize("name", ["script-src", "style-src", "img-src"])
def test_a_policy_that_lets_it_in_would_be_seen(client: Client, settings: Any, name: str) -> None:
    policy = settings.CONTENT_SECURITY_POLICY
    directives = policy["DIRECTIVES"] | {name: ["'self'", "'unsafe-inline'"]}
    settings.CONTENT_SECURITY_POLICY = policy | {"DIRECTIVES": directives}
    assert f"{name} 'self' 'unsafe-inline'" in loose(client.get("/san-pham/")["Content-Security-Policy"])
