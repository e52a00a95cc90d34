"""A guest in the browser: finds products of the cast, fills the basket, fills in the checkout."""

import re

from playwright.sync_api import Page, expect

ANSWERS = {
    "Họ và tên": "Nguyễn Thị Hoài Thương",
    "Số điện thoại": "091 234 5678",
    "Số nhà, đường, thôn, tổ": "Số 12, ngõ 34",
}
PROVINCE, COMMUNE = "ha-noi", "Phường Ba Đình"
AGREEMENT = re.compile("Tôi đồng ý")
CONFIRM = "Xác nhận đặt hàng"


def search(page: Page, text: str) -> None:
    page.goto("/")
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def open_product(page: Page, title: str) -> None:
    search(page, title)
    page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def add(page: Page, title: str) -> None:
    """From the product's own page, with the button the window shows."""
    open_product(page, title)
    page.get_by_role("button", name=re.compile("^Thêm vào giỏ")).locator("visible=true").click()
    expect(page.get_by_role("heading", name="Giỏ hàng", level=1)).to_be_visible()


def to_checkout(page: Page) -> None:
    page.goto("/gio-hang/")
    page.get_by_role("link", name="Đặt hàng").click()
    expect(page.get_by_role("heading", name="Đặt hàng", level=1)).to_be_visible()


def fill_in(page: Page) -> None:
    """Everything the checkout asks for."""
    for label, answer in ANSWERS.items():
        page.get_by_label(label).fill(answer)
    page.get_by_label("Tỉnh, thành phố").select_option(PROVINCE)
    page.get_by_label("Xã, phường, đặc khu").fill(COMMUNE)
    page.get_by_label(AGREEMENT).check()


def confirm(page: Page) -> None:
    """The last button, with the total before the buyer's eyes."""
    page.get_by_role("button", name=CONFIRM).click()


def dong(text: str | None) -> int:
    """The amount in a text like "185.000 ₫"."""
    return int(re.sub(r"\D", "", text or ""))
