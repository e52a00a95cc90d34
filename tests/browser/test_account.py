"""The pages of an account and of its orders, as a buyer goes through them: sound on a phone and on a desk."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.soundness import complaints
from tests.browser.stocking import BOUGHT, BUYER, RESET_LINK
from tests.pictures.images import picture_file

pytestmark = pytest.mark.django_db

WINDOWS = pytest.mark.parametrize(("root", "width"), [("", 390), ("", 1280), ("/en", 390)])
GUESTS = """
dang-nhap/ dang-ky/ mat-khau/quen/ mat-khau/quen/da-gui/ mat-khau/quen/abc-def/ email/xac-nhan/abc/ email/da-gui/
mat-khau/lien-ket/abc/
""".split()
OWN = """
/ /don-hang/ /dia-chi/ /dia-chi/moi/ /yeu-thich/ /thong-bao/ /du-lieu/ /du-lieu/xoa/ /thong-tin/ /bao-mat/ /email/
/mat-khau/ /buoc-hai/ /dang-xuat/
""".split()


def sign_in(page: Page) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Email hoặc số điện thoại").fill(BUYER)
    page.get_by_label("Mật khẩu", exact=True).fill("mat-khau-cua-toi")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")


@pytest.fixture
def own(visit: Visit) -> Callable[[int], Page]:
    """A window of the one who has an account."""

    def enter(width: int) -> Page:
        page = visit(width=width)
        sign_in(page)
        return page

    return enter


def found(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What there is to say against each of the pages; none for sound ones."""
    said = {}
    for address in addresses:
        page.goto(address)
        said[address] = complaints(page)
    return {address: against for address, against in said.items() if against}


@WINDOWS
def test_a_guests_pages_have_nothing_to_complain_about(visit: Visit, root: str, width: int) -> None:
    page = visit(width=width, errors=False)  # links that no longer work say so with 410
    assert found(page, [f"{root}/tai-khoan/{path}" for path in GUESTS]) == {}


@WINDOWS
def test_an_accounts_pages_have_nothing_to_complain_about(
    own: Callable[[int], Page], root: str, width: int
) -> None:
    assert found(own(width), [f"{root}/tai-khoan{path}" for path in OWN]) == {}


@WINDOWS
def test_an_order_and_all_one_can_ask_for_have_nothing_to_complain_about(
    own: Callable[[int], Page], root: str, width: int
) -> None:
    page = own(width)
    asked = []
    for at in range(2):
        page.goto(f"{root}/tai-khoan/don-hang/")
        page.get_by_role("main").get_by_role("link", name=re.compile("^OC")).nth(at).click()
        asked.append(page.url)
        links = [
            link.get_attribute("href") or "" for link in page.get_by_role("main").get_by_role("link").all()
        ]
        asked += [link for link in links if re.search("/(huy|tra-hang|danh-gia)/", link)]
    kinds = {
        kind for kind in ("huy", "tra-hang", "danh-gia") if any(f"/{kind}/" in address for address in asked)
    }
    assert kinds == {"huy", "tra-hang", "danh-gia"}
    assert found(page, asked) == {}


def test_a_script_as_photo_is_refused_and_a_photo_comes_through(own: Callable[[int], Page]) -> None:
    page = own(390)
    page.goto("/tai-khoan/don-hang/")
    page.get_by_role("listitem").filter(has_text="Đã giao").get_by_role("link").first.click()
    page.get_by_role("link", name="Yêu cầu trả hàng").first.click()
    page.get_by_label(re.compile(f"^{BOUGHT}")).fill("1")
    page.get_by_label("Hỏng, vỡ khi giao đến").check()
    page.get_by_label("Chuyện gì đã xảy ra?").fill("Túi bị rách, miến vụn hết.")
    script = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}
    page.get_by_label(re.compile("^Ảnh")).set_input_files(script)
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Chuyện gì đã xảy ra?")).to_have_value("Túi bị rách, miến vụn hết.")
    assert complaints(page) == []
    real = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    page.get_by_label(re.compile("^Ảnh")).set_input_files(real)
    page.get_by_role("button", name="Gửi yêu cầu").click()
    page.wait_for_url("**/tra-hang/yeu-cau/**")
    expect(page.get_by_role("main")).to_contain_text("Túi bị rách, miến vụn hết.")
    expect(page.get_by_role("main").get_by_role("img").first).to_be_visible()
    assert complaints(page) == []


def test_a_link_that_staff_issued_leads_to_a_new_password(page: Page, folder: Path) -> None:
    page.goto(f"/tai-khoan/mat-khau/lien-ket/{(folder / RESET_LINK).read_text()}/")
    assert complaints(page) == []
    page.get_by_label("Mật khẩu mới").fill("trang-len-tren-nui-cao")
    page.get_by_role("main").get_by_role("button").click()
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Email hoặc số điện thoại").fill("0987 654 321")
    page.get_by_label("Mật khẩu", exact=True).fill("trang-len-tren-nui-cao")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")
