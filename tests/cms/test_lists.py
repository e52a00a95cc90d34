"""How the admin's lists are drawn: on a phone a row is a card, and counts read as a sentence does."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.ui.tables import BaseColumn, Column

from cms.desk.lists import CardTable, in_a_sentence
from marketplace.accounts.models import User
from marketplace.payment.models import RefundReason
from tests import factories
from tests.cms.reading import page
from tests.payment.giving import grants, paid
from tests.payment.test_giving_back import bring, parcel_of
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


class Markless(BaseColumn):  # type: ignore[misc]
    header_template_name = "wagtailadmin/bulk_actions/select_all_checkbox_cell.html"
    cell_template_name = "wagtailadmin/tables/cell.html"


@pytest.fixture
def boss() -> Client:
    person = User.objects.create_superuser(email="sep@cho-ocop.example", password="mat-khau-dai")
    return sign_in_staff(Client(), person)


@pytest.mark.parametrize("name", ["desk_orders", "desk_payments", "desk_parcels"])
def test_each_cell_says_which_column_it_belongs_to(boss: Client, name: str) -> None:
    paid((factories.product(price=100_000), 1))
    table = re.search(r"<table role=.table.*?</table>", page(boss, reverse(name)), re.DOTALL)
    assert table
    heads = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<th\b.*?</th>", table[0], re.DOTALL)]
    row = table[0].split("<tbody", 1)[1].split("</tr>")[0]
    assert re.findall(r'<td role="cell" data-label="([^"]*)"', row) == heads
    assert row.count("<td") == len(heads)


def test_what_a_label_says_is_escaped_and_a_box_to_tick_has_none() -> None:
    columns = [Column("a", label='Số "lẻ" <b>'), Markless("b", label="Bulk actions")]
    cells = [cell.render_html(_context()) for cell in next(CardTable(columns, [{"a": "<i>"}]).rows).values()]
    assert 'data-label="Số &quot;lẻ&quot; &lt;b&gt;"' in cells[0] and "&lt;i&gt;" in cells[0]
    assert 'data-label=""' in cells[1]


def _context() -> dict[str, Any]:
    return {"row": None, "table": None}


def test_a_count_has_no_capital_and_no_plural(boss: Client) -> None:
    order = paid((factories.product(price=100_000), 1))
    bring(parcel_of(order), "delivered")
    for number in (1, 2):
        grants(order, RefundReason.GOODWILL, key=f"k{number}", amount=1_000)
        assert f"{number} lần trả lại tiền" in page(boss, reverse("desk_refunds"))
    assert "Các lần trả lại tiền" not in page(boss, reverse("desk_refunds"))
    assert in_a_sentence("OCOP") == "OCOP" and in_a_sentence("Đơn hàng") == "đơn hàng"


def test_wagtails_frame_speaks_vietnamese(boss: Client) -> None:
    paid((factories.product(price=100_000), 1))
    html = page(boss, reverse("desk_orders"))
    for words in ("Page 1 of 1", "Show filters", "Toggle breadcrumbs", "ascending order"):
        assert words not in html
    assert "Trang 1 trên 1" in html
