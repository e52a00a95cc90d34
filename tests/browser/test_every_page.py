"""Every page a visitor finds by following links, on a phone and on a desk, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.slow_line import slow_line
from tests.browser.soundness import complaints, jumps

pytestmark = pytest.mark.django_db

Addresses = dict[str, dict[str, str]]
LISTED = [
    "home", "browse", "product", "producer", "stories", "story", "province", "region", "producers", "second page",
    "filtered", "search", "nothing found", "ranking", "help", "not found",
]  # fmt: skip
TEXTS = ["sao-ocop", "giao-hang", "doi-tra", "quy-che-hoat-dong", "du-lieu-ca-nhan"]
WINDOWS = [("vi", 390), ("vi", 1280), ("en", 390)]


@pytest.mark.parametrize(("language", "width"), WINDOWS)
@pytest.mark.parametrize("name", [*LISTED, *TEXTS])
def test_a_page_has_nothing_to_complain_about(
    visit: Visit, addresses: Addresses, name: str, language: str, width: int
) -> None:
    page = visit(width=width)
    page.goto(addresses[language][name])
    assert complaints(page) == []


def test_no_kind_of_page_is_left_out(addresses: Addresses) -> None:
    assert set(LISTED) <= addresses["vi"].keys()
    assert set(TEXTS) <= addresses["vi"].keys()


@pytest.mark.parametrize("name", ["home", "browse", "product", "producers", "help"])
def test_the_language_switch_leads_to_the_same_page_and_back(
    visit: Visit, addresses: Addresses, name: str
) -> None:
    page = visit(width=1280)
    page.goto(addresses["vi"][name])
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(addresses["en"][name])
    page.get_by_role("banner").get_by_role("link", name="Tiếng Việt").click()
    assert page.url.endswith(addresses["vi"][name])


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_every_window_has_a_way_to_the_other_language(visit: Visit, width: int) -> None:
    page = visit(width=width)
    page.goto("/")
    menu = page.locator(".menu summary")
    if menu.is_visible():
        menu.click()
    page.get_by_role("banner").get_by_role("link", name="English").locator("visible=true").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_producers_words_stay_vietnamese_on_an_english_page(visit: Visit, addresses: Addresses) -> None:
    page = visit()
    page.goto(addresses["en"]["product"])
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "vi")


def test_the_first_key_leads_past_the_header(visit: Visit, addresses: Addresses) -> None:
    page = visit()
    page.goto(addresses["vi"]["browse"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#noi-dung")


def test_the_menu_opens_and_closes_on_a_phone(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    links = page.get_by_role("navigation", name="Danh mục")
    expect(links).to_be_hidden()
    page.get_by_text("Mở danh mục").locator("..").click()
    expect(links).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("heading", level=1).click()
    expect(links).to_be_hidden()


@pytest.fixture(scope="module")
def slow_shop(shop: str) -> Iterator[str]:
    """Its pages come with pauses in the header. It outlives each visitor: what they still load ends well."""
    with slow_line(shop, 'class="search"', "</form>", 'class="lang"', "</a>", "</a>", "</header>") as line:
        yield line


@pytest.mark.parametrize(("language", "width"), [*WINDOWS, ("vi", 800), ("en", 1280)])
def test_a_page_that_comes_in_pieces_does_not_jump(
    visit: Visit, slow_shop: str, addresses: Addresses, language: str, width: int
) -> None:
    page = visit(width=width)
    page.goto(slow_shop + addresses[language]["sao-ocop"])
    assert jumps(page) == []
