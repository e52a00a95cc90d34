"""The basket: changed in place, with a way back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.soundness import complaints
from tests.browser.stocking import CAKE, HONEY, LEFT, PRICES, TEA

pytestmark = pytest.mark.django_db

FAR_AWAY = {"offline": False, "latency": 600, "downloadThroughput": -1, "uploadThroughput": -1}
WAYS = pytest.mark.parametrize("script", [True, False])


def goods(page: Page) -> int:
    return buyer.dong(page.get_by_role("complementary", name="Tóm tắt").locator("dd").first.text_content())


@WAYS
def test_what_was_removed_comes_back_by_undo(visit: Visit, script: bool) -> None:
    page = visit(script=script)
    buyer.add(page, TEA)
    buyer.add(page, HONEY)
    page.get_by_role("button", name=f"Xóa {TEA}").click()
    expect(page.get_by_role("link", name=TEA)).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("link", name=TEA)).to_be_visible()
    assert goods(page) == PRICES[TEA] + PRICES[HONEY]


@WAYS
def test_one_more_changes_the_sum(visit: Visit, script: bool) -> None:
    page = visit(script=script)
    buyer.add(page, HONEY)
    page.get_by_role("button", name=f"Thêm một {HONEY}").click()
    expect(page.get_by_label(f"Số lượng {HONEY}")).to_have_value("2")
    expect(page.get_by_role("complementary", name="Tóm tắt")).to_contain_text("480.000")


@WAYS
def test_more_than_there_is_becomes_what_there_is_and_says_so(visit: Visit, script: bool) -> None:
    page = visit(script=script)
    buyer.add(page, CAKE)
    page.get_by_label(f"Số lượng {CAKE}").fill("50")
    page.get_by_label(f"Số lượng {CAKE}").press("Enter")
    expect(page.get_by_label(f"Số lượng {CAKE}")).to_have_value(str(LEFT))
    expect(
        page.get_by_role("status").filter(has_text=str(LEFT)).locator("visible=true").first
    ).to_be_visible()
    assert goods(page) == LEFT * PRICES[CAKE]


def test_the_number_beside_the_basket_follows_everywhere(page: Page) -> None:
    buyer.add(page, TEA)
    buyer.add(page, HONEY)
    page.goto("/tro-giup/")
    expect(page.get_by_role("link", name="Giỏ hàng (2 sản phẩm)")).to_be_visible()


def test_the_charge_to_a_province_shows_before_the_checkout(page: Page) -> None:
    buyer.add(page, TEA)
    summary = page.get_by_role("complementary", name="Tóm tắt")
    expect(summary).to_contain_text("Chưa tính")
    page.get_by_label("Giao đến").select_option("ca-mau")
    expect(summary).to_contain_text("Tổng cộng")
    expect(summary).not_to_contain_text("Chưa tính")
    expect(page.get_by_text(re.compile("Phí giao đến Cà Mau, dự kiến"))).to_be_visible()


@pytest.fixture
def slow(page: Page) -> Page:
    """A basket of two, each of whose changes takes long to come back."""
    buyer.add(page, TEA)
    buyer.add(page, HONEY)
    line = page.context.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", FAR_AWAY)
    return page


def test_what_is_pressed_while_a_change_is_under_way_happens_after_it(slow: Page) -> None:
    slow.get_by_role("button", name=f"Thêm một {HONEY}").click()
    slow.get_by_role("button", name=f"Thêm một {HONEY}").click()
    slow.get_by_role("button", name=f"Xóa {TEA}").click()
    expect(slow.get_by_role("button", name="Hoàn tác")).to_be_visible()
    expect(slow.get_by_label(f"Số lượng {HONEY}")).to_have_value("3")
    assert goods(slow) == 3 * PRICES[HONEY]


def test_what_is_typed_while_a_change_is_under_way_is_kept_and_counts(slow: Page) -> None:
    slow.get_by_label("Giao đến").select_option("ha-noi")
    slow.get_by_label(f"Số lượng {HONEY}").fill("4")
    expect(slow.get_by_role("complementary", name="Tóm tắt")).to_contain_text("Tổng cộng")
    expect(slow.get_by_label(f"Số lượng {HONEY}")).to_have_value("4")
    slow.keyboard.press("Tab")
    expect(slow.get_by_text("5 sản phẩm.")).to_be_visible()
    expect(slow.get_by_label(f"Số lượng {HONEY}")).to_have_value("4")
    assert goods(slow) == PRICES[TEA] + 4 * PRICES[HONEY]


def test_who_goes_on_to_the_checkout_takes_along_what_was_pressed_last(slow: Page) -> None:
    slow.get_by_role("button", name=f"Thêm một {HONEY}").click()
    slow.get_by_role("button", name=f"Thêm một {HONEY}").click()
    slow.get_by_role("link", name="Đặt hàng").click()
    expect(slow.get_by_role("heading", name="Đặt hàng", level=1)).to_be_visible()
    slow.goto("/gio-hang/")
    expect(slow.get_by_label(f"Số lượng {HONEY}")).to_have_value("3")


def test_an_error_of_the_shop_is_told_and_goes_by_itself(visit: Visit) -> None:
    page = visit(errors=False)
    buyer.add(page, HONEY)
    page.route("**/gio-hang/*/**", lambda route: route.fulfill(status=500))
    page.clock.install()
    page.get_by_role("button", name=f"Thêm một {HONEY}").click()
    told = page.get_by_text("Chưa làm được. Bạn tải lại trang rồi thử lại nhé.")
    expect(told).to_be_visible()
    page.clock.run_for(11_000)
    expect(told).to_be_hidden()


def test_a_line_removed_in_another_window_is_told_and_the_basket_is_the_new_one(visit: Visit) -> None:
    page = visit()
    buyer.add(page, TEA)
    buyer.add(page, HONEY)
    other = page.context.new_page()
    other.goto("/gio-hang/")
    other.get_by_role("button", name=f"Xóa {TEA}").click()
    expect(other.get_by_role("button", name="Hoàn tác")).to_be_visible()
    page.get_by_role("button", name=f"Thêm một {TEA}").click()
    expect(page.locator("#gio .alert")).to_have_text("Món này không còn trong giỏ của bạn.")
    expect(page.get_by_role("link", name=TEA)).to_have_count(0)
    assert goods(page) == PRICES[HONEY]


def test_a_change_that_does_not_get_through_is_told_and_can_be_tried_again(visit: Visit) -> None:
    page = visit(errors=False)
    buyer.add(page, HONEY)
    page.context.set_offline(True)
    page.get_by_role("button", name=f"Thêm một {HONEY}").click()
    lost = page.get_by_text("Chưa gửi được. Bạn kiểm tra mạng rồi thử lại nhé.")
    expect(lost).to_be_visible()
    assert complaints(page) == []
    page.context.set_offline(False)
    page.get_by_role("button", name=f"Thêm một {HONEY}").click()
    expect(page.get_by_label(f"Số lượng {HONEY}")).to_have_value("2")
    expect(lost).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_basket_has_nothing_to_complain_about_in_any_state(visit: Visit, width: int) -> None:
    page = visit(width=width)
    page.goto("/gio-hang/")
    assert complaints(page) == []
    buyer.add(page, TEA)
    buyer.add(page, CAKE)
    assert complaints(page) == []
    page.get_by_label("Giao đến").select_option("ha-noi")
    page.get_by_label(f"Số lượng {CAKE}").fill("50")
    page.get_by_label(f"Số lượng {CAKE}").press("Enter")
    expect(page.get_by_label(f"Số lượng {CAKE}")).to_have_value(str(LEFT))
    page.get_by_role("button", name=f"Xóa {TEA}").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    assert complaints(page) == []
    page.goto("/en/gio-hang/")
    assert complaints(page) == []
