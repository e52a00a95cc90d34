"""Orders as buyers place them: six lines of three producers, by the page's own form.

As a program it stocks six products well enough for every round, and prints their keys.
"""

import json
import re
import statistics
import subprocess
import sys
import time
from itertools import groupby, islice
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.pages import Client, Goal, Page

ROOT = Path(__file__).parents[2]
PAGE = Page("placement, 6 lines of 3 producers", "/thanh-toan/", 120, 60)
PLENTY = 10_000
ANSWERS = {
    "ho_ten": "Nguyễn Thị Hoài Thương",
    "dien_thoai": "0912345678",
    "duong": "Số 12",
    "dong_y": "on",
    "thanh_toan": "cash",
}


def measure(address: str, *, rounds: int) -> Goal:
    """Only the sending of the form is timed; every round fills a new basket."""
    command = [sys.executable, "-m", "tests.benchmarks.ordering"]
    told = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    times, sql = [], []
    for turn in range(rounds + 5):
        client = Client(address)
        form = _filled(client, told)
        started = time.perf_counter()
        response, _content = client.ask("POST", PAGE.path, form)
        elapsed = (time.perf_counter() - started) * 1000
        if response.status != 302 or "/don-hang/" not in response.headers["Location"]:
            raise RuntimeError("The form made no order")
        if turn >= 5:
            times.append(elapsed)
            sql.append(int(response.headers["X-SQL-Queries"]))
    p95 = statistics.quantiles(times, n=20)[-1]
    return Goal(PAGE.name, statistics.median(times), p95, max(sql), 0, PAGE)


def _filled(client: Client, told: dict[str, object]) -> str:
    """The form of a basket with all the products, towards a place."""
    token = {"csrfmiddlewaretoken": _hidden(client.html(str(told["page"])))["csrfmiddlewaretoken"]}
    for product in told["products"]:  # type: ignore[attr-defined]
        client.ask("POST", "/gio-hang/them/", urlencode(token | {"san_pham": product, "so_luong": 1}))
    client.ask("POST", "/gio-hang/noi-nhan/", urlencode(token | {"tinh": told["province"]}))
    html = client.html(PAGE.path)
    place = {"tinh": told["province"], "xa": told["commune"]}
    return urlencode(_hidden(html) | ANSWERS | place)


def _hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="(khoa|da_xem|csrfmiddlewaretoken)" value="([^"]*)"', html))


def main() -> None:
    import django

    django.setup()
    from marketplace.partner.models import StockRecord
    from producers.models import Commune

    records = StockRecord.objects.filter(
        product__structure="standalone", product__sale="on_sale", product__is_public=True, price__isnull=False
    ).exclude(product__categories__flags__contains="alcohol")
    by_maker = groupby(records.order_by("partner_id", "pk").iterator(), key=lambda record: record.partner_id)
    pairs = (pair for _maker, mine in by_maker if len(pair := list(islice(mine, 2))) == 2)
    found = [record for pair in islice(pairs, 3) for record in pair]
    StockRecord.objects.filter(pk__in=[record.pk for record in found]).update(num_in_stock=PLENTY)
    place = Commune.objects.exclude(kind="đặc khu").select_related("province").order_by("pk").first()
    assert place is not None
    products = [record.product_id for record in found]
    page = found[0].product.get_absolute_url()
    told = {"page": page, "products": products, "province": place.province.slug, "commune": place.full_name}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
