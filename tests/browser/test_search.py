"""Suggestions while typing, filters beside the list, and what is hidden from the young."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.soundness import complaints
from tests.browser.stocking import TEA, TEA_MAKER, WINE

pytestmark = pytest.mark.django_db

ADULT = "Tôi đã đủ 18 tuổi, hiện sản phẩm có cồn"


def type_into_search(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially(text)
    expect(page.get_by_role("option", name=TEA).first).to_be_visible()


def test_suggestions_are_reached_by_arrow_and_opened_by_enter(page: Page) -> None:
    type_into_search(page, "lung phin")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text(TEA)
    chosen = page.get_by_role("option", selected=True).get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen))
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TEA)


def test_suggestions_name_producers_as_well(page: Page) -> None:
    type_into_search(page, "lung phin")
    page.get_by_role("combobox").press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_text(TEA_MAKER)


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page) -> None:
    type_into_search(page, "lung phin")
    page.get_by_role("combobox").press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_value("lung phin")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")


def test_open_suggestions_leave_nothing_to_complain_about(page: Page) -> None:
    type_into_search(page, "lung phin")
    assert complaints(page) == []


def test_a_tick_filters_at_once_and_the_back_button_takes_it_back(visit: Visit) -> None:
    page = visit(width=1280)
    page.goto("/san-pham/")
    everything = count(page)
    page.evaluate("window.stays = true")
    page.get_by_label(re.compile("^4 sao")).check()
    expect(page).to_have_url(re.compile(r"/san-pham/\?sao=4$"))
    expect(page.get_by_label(re.compile("^4 sao"))).to_be_checked()
    assert page.evaluate("window.stays"), "the whole page was loaded again"
    assert 0 < count(page) < everything
    page.get_by_label("Sắp xếp").select_option("gia-tang")
    page.get_by_role("button", name="Xếp").click()
    expect(page).to_have_url(re.compile("sao=4&sap_xep=gia-tang"))
    back(page)
    expect(page).to_have_url(re.compile(r"/san-pham/\?sao=4$"))
    back(page)
    expect(page).to_have_url(re.compile("/san-pham/$"))
    expect(page.get_by_label(re.compile("^4 sao"))).not_to_be_checked()
    assert count(page) == everything


def back(page: Page) -> None:
    """One step back; where htmx restores the page itself, the browser's own load is cut short."""
    with suppress(Error):
        page.go_back()


def count(page: Page) -> int:
    return buyer.dong(page.locator(".bar [data-say]").inner_text().split(" sản phẩm")[0])


def test_a_filtered_address_says_the_same_when_opened_anew(visit: Visit) -> None:
    page = visit(width=1280)
    page.goto("/san-pham/")
    page.get_by_label(re.compile("^5 sao")).check()
    expect(page).to_have_url(re.compile("sao=5"))
    titles = page.locator(".card h2").all_inner_texts()
    other = visit()
    other.goto(page.url)
    assert other.locator(".card h2").all_inner_texts() == titles != []


def test_a_screen_reader_hears_how_many_products_are_left(visit: Visit) -> None:
    page = visit(width=1280)
    page.goto("/san-pham/")
    page.get_by_label(re.compile("^5 sao")).check()
    expect(page.locator("#thong-bao")).to_have_text(re.compile(r"^\d+ sản phẩm"))
    assert page.locator("#thong-bao").get_attribute("role") == "status"


def test_the_sheet_of_filters_on_a_phone_leaves_nothing_to_complain_about(page: Page) -> None:
    page.goto("/san-pham/")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("form", name="Bộ lọc")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Đóng", exact=True).click()
    expect(page.get_by_role("form", name="Bộ lọc")).to_be_hidden()


def test_what_was_understood_can_be_taken_back(page: Page) -> None:
    buyer.search(page, "che ha giang 4 sao")
    chips = page.get_by_role("link", name=re.compile("^Bỏ điều kiện"))
    expect(chips.filter(has_text="Hà Giang")).to_be_visible()
    chips.filter(has_text="4 sao").click()
    expect(chips.filter(has_text="4 sao")).to_have_count(0)
    expect(chips.filter(has_text="Hà Giang")).to_be_visible()


def test_a_misspelt_text_that_finds_nothing_leads_on(page: Page) -> None:
    page.goto("/tim-kiem/?q=lungg+phinn&sao=3&bo=sua")
    expect(page.get_by_role("heading", name="Chưa có sản phẩm nào")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name="lung phin", exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name=TEA, exact=True)).to_be_visible()


def test_a_search_on_a_provinces_page_leads_everywhere(page: Page) -> None:
    page.goto("/tinh/ca-mau/?q=lung+phin")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert complaints(page) == []
    page.get_by_role("link", name="Tìm “lung phin” ở mọi nơi").click()
    expect(page.get_by_role("main").get_by_role("link", name=TEA, exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_alcohol_shows_only_after_the_visitor_said_to_be_an_adult(visit: Visit, script: bool) -> None:
    page = visit(script=script)
    buyer.search(page, WINE)
    found = page.get_by_role("main").get_by_role("link", name=WINE, exact=True)
    expect(found).to_have_count(0)
    page.get_by_role("button", name=ADULT).click()
    expect(found).to_be_visible()
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WINE)


def test_suggestions_keep_alcohol_from_the_young(page: Page) -> None:
    type_into_search(page, "lung phin")
    expect(page.get_by_role("option", name=WINE)).to_have_count(0)
