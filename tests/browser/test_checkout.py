"""The one page of the checkout: what it says when something is wrong, and that it orders once."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.soundness import complaints
from tests.browser.stocking import HONEY, TEA, WINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout(page: Page) -> Page:
    buyer.add(page, TEA)
    buyer.to_checkout(page)
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Xem phí giao|Xác nhận)")).click()


def test_an_empty_form_says_at_every_field_what_is_missing(checkout: Page) -> None:
    send(checkout)
    told = checkout.get_by_role("alert")
    labels = (
        "Họ và tên",
        "Số điện thoại",
        "Tỉnh, thành phố",
        "Xã, phường, đặc khu",
        "Số nhà, đường, thôn, tổ",
    )
    expect(told.get_by_role("link")).to_have_text([*labels, re.compile("đồng ý")])
    for label in labels:
        expect(checkout.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")
    told.get_by_role("link", name="Số điện thoại").click()
    assert complaints(checkout) == []


@pytest.mark.parametrize(
    ("label", "wrong"),
    [("Số điện thoại", "12"), ("Xã, phường, đặc khu", "Xã Không Có"), ("Email", "khong phai email")],
)
def test_a_wrong_answer_is_told_at_its_field_and_the_others_stay(
    checkout: Page, label: str, wrong: str
) -> None:
    buyer.fill_in(checkout)
    checkout.get_by_label(label).fill(wrong)
    checkout.get_by_label(label).blur()
    expect(checkout.locator("#tom-tat .total")).to_be_visible()
    buyer.confirm(checkout)
    expect(checkout.get_by_role("alert").get_by_role("link")).to_have_text([label])
    field = checkout.get_by_label(label)
    expect(field).to_have_value(wrong)
    error = str(field.get_attribute("aria-describedby")).split()[0]
    expect(checkout.locator(f"#{error}")).to_be_visible()
    expect(checkout.get_by_label("Họ và tên")).to_have_value(buyer.ANSWERS["Họ và tên"])


def test_communes_of_the_chosen_province_are_offered(checkout: Page) -> None:
    checkout.get_by_label("Tỉnh, thành phố").select_option("ha-noi")
    offered = checkout.locator("#xa-ds option")
    expect(offered.filter(has=checkout.locator("xpath=self::*[@value='Phường Ba Đình']"))).to_have_count(1)


def test_a_commune_typed_without_tone_marks_is_suggested_and_taken(checkout: Page) -> None:
    checkout.get_by_label("Tỉnh, thành phố").select_option("ha-noi")
    expect(checkout.locator("#xa-ds option").first).to_be_attached()
    field = checkout.get_by_label("Xã, phường, đặc khu")
    field.press_sequentially("ba di")
    expect(checkout.get_by_role("option", name="Phường Ba Đình")).to_be_visible()
    assert complaints(checkout) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Phường Ba Đình")
    expect(checkout.get_by_role("listbox")).to_have_count(0)
    field.fill("hang ma")
    expect(checkout.get_by_role("listbox")).to_have_count(0)


def test_fee_days_and_total_show_before_the_order(checkout: Page) -> None:
    checkout.get_by_label("Tỉnh, thành phố").select_option("ca-mau")
    summary = checkout.get_by_role("complementary", name="Đơn của bạn")
    expect(summary).to_contain_text("Tổng cộng")
    expect(summary).to_contain_text(re.compile(r"Giao \d\d/\d\d/\d{4} – \d\d/\d\d/\d{4}"))


def test_consent_to_marketing_is_apart_and_unticked(checkout: Page) -> None:
    expect(checkout.get_by_label(re.compile("tin về phiên chợ"))).not_to_be_checked()


def test_a_double_click_makes_one_order(checkout: Page) -> None:
    buyer.fill_in(checkout)
    expect(checkout.locator("#tom-tat .total")).to_be_visible()
    checkout.get_by_role("button", name=buyer.CONFIRM).dblclick()
    checkout.wait_for_url("**/don-hang/*/")
    first = checkout.url
    checkout.go_back()
    expect(checkout.get_by_text("Giỏ hàng này đã được đặt rồi")).to_be_visible()
    expect(checkout).to_have_url(first)


def test_other_quantities_keep_what_was_typed_and_bring_the_new_total(checkout: Page) -> None:
    buyer.fill_in(checkout)
    expect(checkout.locator("#tom-tat .total")).to_be_visible()
    before = buyer.dong(checkout.locator("#tom-tat .total dd").inner_text())
    checkout.get_by_role("button", name=f"Thêm một {TEA}").click()
    expect(checkout.get_by_label(f"Số lượng {TEA}")).to_have_value("2")
    assert buyer.dong(checkout.locator("#tom-tat .total dd").inner_text()) > before
    expect(checkout.get_by_label("Họ và tên")).to_have_value(buyer.ANSWERS["Họ và tên"])
    buyer.confirm(checkout)
    checkout.wait_for_url("**/don-hang/*/")
    expect(checkout.get_by_role("main")).to_contain_text("× 2")


def test_without_script_other_quantities_keep_what_was_typed(visit: Visit) -> None:
    page = visit(script=False)
    buyer.add(page, TEA)
    buyer.to_checkout(page)
    buyer.fill_in(page)
    page.get_by_role("button", name=f"Thêm một {TEA}").click()
    expect(page.get_by_label(f"Số lượng {TEA}")).to_have_value("2")
    expect(page.get_by_label("Họ và tên")).to_have_value(buyer.ANSWERS["Họ và tên"])
    expect(page.get_by_label(buyer.AGREEMENT)).to_be_checked()
    buyer.confirm(page)
    page.wait_for_url("**/don-hang/*/")


def test_an_invoice_is_asked_for_only_when_it_is_wanted(checkout: Page) -> None:
    code = checkout.get_by_label("Mã số thuế")
    expect(code).to_be_hidden()
    checkout.get_by_label(re.compile("^Tôi cần hóa đơn")).check()
    expect(code).to_be_visible()
    assert complaints(checkout) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_checkout_and_order_have_nothing_to_complain_about(visit: Visit, width: int) -> None:
    page = visit(width=width)
    buyer.add(page, TEA)
    buyer.add(page, HONEY)
    buyer.to_checkout(page)
    assert complaints(page) == []
    buyer.fill_in(page)
    expect(page.locator("#tom-tat .total")).to_be_visible()
    assert complaints(page) == []
    buyer.confirm(page)
    page.wait_for_url("**/don-hang/*/")
    assert complaints(page) == []
    page.goto(f"/en{urlsplit(page.url).path}")
    assert complaints(page) == []


def test_the_checkout_has_nothing_to_complain_about_in_english(page: Page) -> None:
    buyer.add(page, TEA)
    page.goto("/en/thanh-toan/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert complaints(page) == []


@pytest.mark.parametrize("root", ["", "/en"])
def test_the_question_for_the_age_has_nothing_to_complain_about(visit: Visit, root: str) -> None:
    adult, young = visit(), visit()
    buyer.search(adult, WINE)
    adult.get_by_role("button", name=re.compile("đã đủ 18 tuổi")).click()
    wine = adult.get_by_role("main").get_by_role("link", name=WINE, exact=True).get_attribute("href")
    young.goto(f"{root}{wine}")
    expect(young.get_by_role("heading", level=1)).not_to_have_text(WINE)
    assert complaints(young) == []
