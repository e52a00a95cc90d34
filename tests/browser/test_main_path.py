"""From a search without tone marks to one order that is split by producer; with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.stocking import CANDY, CANDY_MAKER, CERTIFICATE, HONEY, HONEY_MAKER, PRICES, TEA, TEA_MAKER

pytestmark = pytest.mark.django_db

MAKERS = [TEA_MAKER, HONEY_MAKER, CANDY_MAKER]
WAYS = pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])


@WAYS
def test_a_search_without_tone_marks_is_narrowed_to_four_stars_and_ha_giang(
    visit: Visit, width: int, script: bool
) -> None:
    page = visit(width=width, script=script)
    buyer.search(page, "che shan tuyet")
    narrow(page, "4 sao", by_button=width == 390)
    narrow(page, "Hà Giang (cũ)", by_button=width == 390)
    results = page.get_by_role("region", name="Kết quả").get_by_role("article")
    expect(results).to_have_count(1)
    expect(results).to_contain_text(TEA)
    expect(results).to_contain_text("Hà Giang, nay thuộc Tuyên Quang")
    assert re.search(r"sao=4.*tinh_cu=ha-giang", page.url)


def narrow(page: Page, choice: str, *, by_button: bool) -> None:
    """Tick a filter: on a phone in a sheet that is opened and sent by buttons, beside the list at once."""
    filters = page.get_by_role("form", name="Bộ lọc")
    if by_button:
        page.get_by_role("button", name=re.compile("^Lọc")).click()
    box = filters.get_by_label(choice)
    if not box.is_visible():
        filters.get_by_text("Tỉnh, thành phố", exact=True).click()
    box.check()
    if by_button:
        filters.get_by_role("button", name=re.compile("^Xem")).click()
    expect(page.get_by_role("list").get_by_role("link", name=f"Bỏ điều kiện {choice}")).to_be_visible()


@WAYS
def test_the_product_page_tells_where_it_comes_from_and_what_certifies_it(
    visit: Visit, width: int, script: bool
) -> None:
    page = visit(width=width, script=script)
    buyer.open_product(page, TEA)
    page.get_by_role("link", name="Xem chứng nhận").click()
    provenance = page.get_by_role("complementary", name="Gốc gác và chứng nhận")
    expect(provenance).to_be_in_viewport()
    for text in (TEA_MAKER, "tỉnh Tuyên Quang", "Hà Giang", CERTIFICATE, "UBND tỉnh Tuyên Quang", "4-0281"):
        expect(provenance).to_contain_text(text)


@WAYS
def test_a_guest_buys_from_three_producers_and_gets_one_order_split_by_producer(
    visit: Visit, width: int, script: bool
) -> None:
    page = visit(width=width, script=script)
    for title in (TEA, HONEY, CANDY):
        buyer.add(page, title)
    page.get_by_label("Giao đến").select_option(buyer.PROVINCE)
    if not script:
        page.get_by_role("button", name="Tính phí").click()
    buyer.to_checkout(page)
    buyer.fill_in(page)
    total = page.locator("#tom-tat .total dd")
    expect(total).to_be_visible()
    told = buyer.dong(total.text_content())
    buyer.confirm(page)
    page.wait_for_url("**/don-hang/*/")
    parcels = page.get_by_role("region").filter(has=page.get_by_text("Phần này"))
    assert sorted(parcels.get_by_role("heading", level=2).all_inner_texts()) == sorted(MAKERS)
    sums = [buyer.dong(text) for text in parcels.locator(".sums div:last-child dd").all_text_contents()]
    assert sum(sums) == told == buyer.dong(page.locator("#tien ~ dl .total dd").text_content())
    assert told > sum(PRICES[title] for title in (TEA, HONEY, CANDY))


def test_the_order_can_be_seen_again_by_its_link_and_by_nobody_without_it(visit: Visit) -> None:
    page = visit()
    buyer.add(page, TEA)
    buyer.to_checkout(page)
    buyer.fill_in(page)
    buyer.confirm(page)
    page.wait_for_url("**/don-hang/*/")
    link = page.get_by_label("Liên kết theo dõi đơn").input_value()
    other = visit()
    other.goto(link)
    expect(other.get_by_text(buyer.ANSWERS["Họ và tên"]).first).to_be_visible()
    answer = other.goto(link[:-2] + "/")
    assert answer is not None
    assert answer.status == 404
