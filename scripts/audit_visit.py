"""A guest who walks through the running shop, without script, and keeps the pages for the judges."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar

PRODUCERS_IN_THE_BASKET = 3
SEARCHED = urllib.parse.urlencode({"q": "che shan tuyet"})
ANSWERS = {
    "ho_ten": "Nguyễn Thị Hoài Thương",
    "dien_thoai": "0912345678",
    "tinh": "ha-noi",
    "xa": "Phường Ba Đình",
    "duong": "Số 12, ngõ 34",
    "dong_y": "on",
}


@dataclass(frozen=True)
class Page:
    """path is the address it answered at, with its query, without the host."""

    path: str
    html: str


class Guest:
    """Keeps cookies and follows redirects, as a browser does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, form: Page, **answers: str) -> Page:
        """Send answers with the hidden fields of the page's form."""
        fields = {name: hidden(form.html, name) for name in ("csrfmiddlewaretoken", "khoa", "da_xem")}
        data = urllib.parse.urlencode(fields | answers).encode()
        headers = {"Referer": self.address + form.path}
        return self._open(urllib.request.Request(self.address + path, data, headers))

    def _open(self, request: urllib.request.Request) -> Page:
        """Error pages are pages too; only a broken connection raises."""
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as page:
            answer = page
        with answer:
            parts = urllib.parse.urlsplit(answer.url)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            return Page(path, answer.read().decode())


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def links(page: Page, pattern: str) -> list[str]:
    """Addresses on the page that fit the whole pattern, each once, in order."""
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page.html)))


def pages(guest: Guest, language: str) -> dict[str, Page]:
    """Every kind of page by name, in one language. Places an order."""
    root = "" if language == "vi" else f"/{language}"
    found = dict(listed(guest, root))
    found |= texts(guest, root, found["help"])
    return found | dict(bought(guest, root, found["browse"]))


def texts(guest: Guest, root: str, index: Page) -> dict[str, Page]:
    """Help and legal pages, named by the end of their address."""
    paths = links(index, rf"{root}/(?:tro-giup|phap-ly)/[\w-]+/")
    return {path.rstrip("/").rpartition("/")[2]: guest.get(path) for path in paths}


def listed(guest: Guest, root: str) -> Iterator[tuple[str, Page]]:
    """What one finds by following links from the home page."""
    home = guest.get(f"{root}/")
    browse = guest.get(f"{root}/san-pham/")
    product = guest.get(links(browse, rf"{root}/san-pham/[\w-]+_\d+/")[0])
    producer = guest.get(links(product, rf"{root}/nha-san-xuat/[\w-]+_\d+/")[0])
    stories = guest.get(f"{root}/cau-chuyen/")
    story = guest.get(links(stories, rf"{root}/cau-chuyen/[\w-]+/")[0])
    province = guest.get(links(home, rf"{root}/tinh/[\w-]+/")[0])
    region = guest.get(links(province, rf"{root}/vung/[\w-]+/")[0])
    yield from {"home": home, "browse": browse, "product": product, "producer": producer}.items()
    yield from {"stories": stories, "story": story, "province": province, "region": region}.items()
    yield "producers", guest.get(f"{root}/nha-san-xuat/")
    yield "second page", guest.get(f"{root}/san-pham/?trang=2")
    yield "filtered", guest.get(f"{root}/san-pham/?sao=4&sao=5&gia_den=200000&con_hang=1")
    yield "search", guest.get(f"{root}/tim-kiem/?{SEARCHED}")
    yield "nothing found", guest.get(f"{root}/tim-kiem/?q=qwzxqwzx")
    yield "ranking", guest.get(f"{root}/cach-xep-hang/")
    yield "help", guest.get(f"{root}/tro-giup/")
    yield "not found", guest.get(f"{root}/khong-co-trang-nay/")


def bought(guest: Guest, root: str, browse: Page) -> Iterator[tuple[str, Page]]:
    """From the empty basket to the order."""
    yield "empty basket", guest.get(f"{root}/gio-hang/")
    fill_basket(guest, root, browse)
    basket = guest.get(f"{root}/gio-hang/")
    yield "basket", basket
    yield "estimated", guest.post(f"{root}/gio-hang/noi-nhan/", basket, tinh=ANSWERS["tinh"])
    checkout = guest.get(f"{root}/thanh-toan/")
    yield "checkout", checkout
    yield "wrong answers", guest.post(f"{root}/thanh-toan/", checkout, dien_thoai="12")
    yield "order", guest.post(f"{root}/thanh-toan/", checkout, **ANSWERS)


def fill_basket(guest: Guest, root: str, browse: Page) -> None:
    """One product each of three producers."""
    makers: set[str] = set()
    for path in links(browse, rf"{root}/san-pham/[\w-]+_\d+/"):
        product = guest.get(path)
        maker = links(product, rf"{root}/nha-san-xuat/[\w-]+_\d+/")[0]
        number = hidden(product.html, "san_pham")
        if number and maker not in makers:
            guest.post(f"{root}/gio-hang/them/", product, san_pham=number, so_luong="1")
            makers.add(maker)
        if len(makers) == PRODUCERS_IN_THE_BASKET:
            return
