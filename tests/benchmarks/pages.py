"""The pages that are measured, their goals, and a small client with a connection kept open."""

import gzip
import http.client
import re
import statistics
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Page:
    """A path and its goals: p50 and p95 in milliseconds at full size, SQL queries at any size."""

    name: str
    path: str
    p50_goal: int | None
    sql_goal: int | None
    p95_goal: int | None = None


@dataclass(frozen=True)
class Goal:
    """One measured page."""

    name: str
    p50: float
    p95: float
    sql: int
    kilobytes: float
    page: Page

    def misses(self, *, timed: bool) -> bool:
        """Whether a goal is missed; times count only at full size."""
        slow = _above(self.p50, self.page.p50_goal) or _above(self.p95, self.page.p95_goal)
        return _above(self.sql, self.page.sql_goal) or (timed and slow)


def _above(value: float, goal: int | None) -> bool:
    return goal is not None and value > goal


class Client:
    """Asks for whole pages, gzip included, as a browser would; keeps cookies."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        """One request; raises RuntimeError on an error page, so that errors are never fast."""
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "vi", "Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        for line in response.headers.get_all("Set-Cookie") or []:
            for morsel in SimpleCookie(line).values():
                self.cookies[morsel.key] = morsel.coded_value
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} answered {response.status}")
        return response, content

    def html(self, path: str) -> str:
        """The text of a page."""
        response, content = self.ask("GET", path)
        plain = gzip.decompress(content) if response.headers["Content-Encoding"] == "gzip" else content
        return plain.decode()


def measure(client: Client, *, size: int, rounds: int) -> list[Goal]:
    """Warm up, then ask for every page `rounds` times, basket and checkout last and with lines in the basket."""
    products = some_products(client)
    rows = [timed(client, page, rounds) for page in public(products[0], min(30, size // 24))]
    _fill_basket(client, products)
    return rows + [
        timed(client, page, rounds)
        for page in (
            Page("basket, 3 lines", "/gio-hang/", None, None),
            Page("checkout, 3 lines", "/thanh-toan/", None, None),
            Page("home, full basket", "/", None, 11),
        )
    ]


def public(product: str, deep: int) -> list[Page]:
    search = "/tim-kiem/?" + urlencode({"q": "che shan tuyet"})
    return [
        Page("home", "/", None, 8),
        Page("browse, all facets", "/san-pham/", 60, 10),
        Page("browse, 4 stars and two provinces", "/san-pham/?sao=4&tinh=tuyen-quang&tinh=lao-cai", 60, 10),
        Page(f"browse, page {deep}", f"/san-pham/?trang={deep}", 60, 10),
        Page("search: che shan tuyet", search, 120, 10),
        Page("search: nước mắm", "/tim-kiem/?" + urlencode({"q": "nước mắm"}), 120, 10),
        Page("search: mật ong rừg hữu cơ", "/tim-kiem/?" + urlencode({"q": "mật ong rừg hữu cơ"}), 120, 10),
        Page("product", product, 25, 10),
    ]


def some_products(client: Client) -> list[str]:
    """Addresses of products that can be bought, of three producers, in a fixed order."""
    html = client.html("/san-pham/?con_hang=1&sap_xep=gia-tang")
    found = list(dict.fromkeys(re.findall(r'href="(/san-pham/[\w-]+_\d+/)"', html)))
    if len(found) < 3:
        raise RuntimeError("The browse page shows fewer than three products")
    return found[:3]


def _fill_basket(client: Client, products: list[str]) -> None:
    for path in products:
        html = client.html(path)
        form = re.search(r'<form[^>]*action="(/gio-hang/[^"]+)".*?</form>', html, re.DOTALL)
        if not form:
            raise RuntimeError(f"{path} has no form for the basket")
        fields = dict(re.findall(r'name="([\w-]+)"[^>]*value="([^"]*)"', form.group(0)))
        client.ask("POST", form.group(1), urlencode(fields | {"so_luong": "1"}))


def timed(client: Client, page: Page, rounds: int) -> Goal:
    """Ask `rounds` times, after five that fill caches of code and reference data."""
    times, sql, size = [], [], 0
    for turn in range(rounds + 5):
        started = time.perf_counter()
        response, content = client.ask("GET", page.path)
        elapsed = (time.perf_counter() - started) * 1000
        if turn >= 5:
            times.append(elapsed)
            sql.append(int(response.headers["X-SQL-Queries"]))
            size = len(content)
    p95 = statistics.quantiles(times, n=20)[-1]
    return Goal(page.name, statistics.median(times), p95, max(sql), size / 1024, page)
