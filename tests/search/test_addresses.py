"""Addresses of lists as visitors, robots and mischief send them."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [f"dưới {'9' * 29}", f"{'9' * 30}đ", f"từ {'9' * 400} đến {'9' * 500} triệu", "mật ong 2000 triệu"],
)
def test_an_amount_nothing_costs_is_no_price(client: Client, text: str) -> None:
    factories.product("Mật ong Phìn Hồ")
    answer = client.get("/tim-kiem/", {"q": text})
    assert answer.status_code == 200
    assert answer.context["understood"] == []


@pytest.mark.parametrize("value", ["9" * 5000, "0" * 5000, "-1", "²", "1000000000", ""])
@pytest.mark.parametrize("name", ["gia_tu", "gia_den", "trang"])
def test_a_number_nobody_offers_is_not_found(client: Client, name: str, value: str) -> None:
    assert client.get("/san-pham/", {name: value}).status_code == (404 if value else 200)


def test_a_price_may_be_written_as_people_write_prices(client: Client) -> None:
    factories.product("Mật ong", price=200_000)
    answer = client.get("/san-pham/", {"gia_tu": "200.000 ₫", "gia_den": "200,000đ"})
    assert answer.context["total"] == 1


@pytest.mark.parametrize(
    "path", ["/san-pham/", "/tim-kiem/?q=che", "/tinh/tuyen-quang/", "/vung/trung-du-va-mien-nui-phia-bac/",
             "/goi-y/?q=che", "/cach-xep-hang/", "/gio-hang/"],
)  # fmt: skip
def test_whoever_asks_for_the_head_alone_gets_it(client: Client, path: str) -> None:
    factories.product()
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == whole["Content-Type"]


@pytest.mark.parametrize("path", ["/san-pham/", "/tim-kiem/?q=che", "/tinh/tuyen-quang/"])
def test_a_cache_keeps_the_whole_page_from_the_part_that_htmx_wants(client: Client, path: str) -> None:
    factories.product()
    whole, part = client.get(path), client.get(path, headers={"HX-Request": "true"})
    restored = client.get(path, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert [b"<html" in answer.content for answer in (whole, part, restored)] == [True, False, True]
    for answer in (whole, part, restored):
        assert {"HX-Request", "HX-History-Restore-Request", "Cookie"} <= set(answer["Vary"].split(", "))
