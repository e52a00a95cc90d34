"""What a page weighs on the line without its pictures."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

MOST = 100_000
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')


def weight(html: str) -> int:
    """Bytes of the page, its style sheets and scripts, each compressed by itself."""
    files = [finders.find(name) for name in set(LINKED.findall(html))]
    assert len(files) >= 3  # the style sheet, htmx, ours
    return sum(len(gzip.compress(data)) for data in (html.encode(), *(Path(f).read_bytes() for f in files)))


def test_browse_and_product_weigh_at_most_100_kilobytes(client: Client) -> None:
    maker = factories.producer("Hợp tác xã sản xuất và dịch vụ nông nghiệp tổng hợp")
    made = [factories.product(f"Trà Shan tuyết cổ thụ hộp {number}", by=maker) for number in range(24)]
    for path in ("/san-pham/", made[0].get_absolute_url()):
        assert 20_000 < weight(client.get(path).content.decode()) <= MOST, path
