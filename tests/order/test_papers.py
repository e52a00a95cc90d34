from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.cash import cash_by_parcel
from marketplace.order.models import Consignment, InvoiceRequest, Order, ParcelState, PaymentState
from marketplace.order.papers.packing import packing_list
from marketplace.order.parcels import split_parcel
from tests import factories
from tests.order.moving import STAFF, bring, move
from tests.order.placing import place

pytestmark = pytest.mark.django_db

LONG = "Hợp tác xã nông nghiệp hữu cơ và du lịch cộng đồng đồng bào Dao đỏ thôn Nặm Đăm, Quản Bạ"


def text_of(content: bytes) -> str:
    """All its words, in order, with single spaces."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def download(client: Client, order: Order, language: str = "vi") -> Any:
    with override(language):
        return client.get(reverse("order:paper", kwargs={"token": order.token}))


def test_the_order_can_be_kept_as_a_file(client: Client) -> None:
    maker = factories.producer(LONG)
    order = place((factories.product("Trà Shan tuyết cổ thụ ướp sen", by=maker, price=120_000), 2))
    response = download(client, order)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{order.number}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    text = text_of(response.content)
    wanted = (
        LONG,
        "Trà Shan tuyết cổ thụ ướp sen",
        "240.000 ₫",
        "Nguyễn Thị Hoài Thương",
        "Phường Ba Đình, Hà Nội",
    )
    assert [words for words in (*wanted, order.number) if words not in text] == []


def test_an_english_reader_gets_an_english_file(client: Client) -> None:
    order = place((factories.product(price=120_000), 2))
    text = text_of(download(client, order, "en").content)
    assert f"Order {order.number}" in text
    assert "240,000 ₫" in text


def test_an_old_link_gives_a_file_without_the_recipient(client: Client) -> None:
    order = place((factories.product(), 1))
    with clock.at(clock.now() + timedelta(days=400)):
        text = text_of(download(client, order).content)
    assert order.number in text
    assert [words for words in ("Hoài Thương", "0912 345 678", "Số 12") if words in text] == []


def test_a_file_needs_the_orders_link(client: Client) -> None:
    assert client.get(reverse("order:paper", kwargs={"token": "a" * 32})).status_code == 404


@pytest.mark.slow
def test_a_hundred_lines_fill_pages(client: Client) -> None:
    maker = factories.producer()
    order = place(*[(factories.product(f"Món số {at}", by=maker), 1) for at in range(100)])
    content = download(client, order).content
    assert len(PdfReader(BytesIO(content)).pages) > 2
    assert "Món số 99" in text_of(content)


def packed(part: Consignment) -> str:
    return text_of(packing_list(consignment=Consignment.objects.get(pk=part.pk), moment=clock.now()))


def split_in_two(pieces: int = 3) -> Consignment:
    part = place((factories.product("Chè dây", price=100_000), pieces)).consignments.get()
    quantities = {part.lines.get().pk: 1}
    split_parcel(parcel_id=part.parcels.get().pk, quantities=quantities, by=STAFF, moment=clock.now())
    return part


def test_a_packing_list_says_what_goes_where_and_what_is_collected() -> None:
    part = split_in_two()
    Consignment.objects.update(gift_message="Chúc bà mạnh khỏe", note="Gọi trước khi giao")
    text = packed(part)
    first = f"{200_000 + part.shipping_charge:,.0f}".replace(",", ".")
    wanted = (
        "Kiện 1",
        "Kiện 2",
        "Chúc bà mạnh khỏe",
        "Gọi trước khi giao",
        f"Thu khi giao: {first}",
        "100.000 ₫",
    )
    assert [words for words in wanted if words not in text] == []


def test_papers_of_what_is_fetched_speak_of_no_sending(client: Client) -> None:
    part = split_in_two()
    place = "Xưởng chè Phìn Hồ"
    Consignment.objects.update(
        way="pickup", zone="", pickup_address=place, shipping_charge=0, total=part.goods_total
    )
    buyers, producers = text_of(download(client, part.order).content), packed(part)
    assert f"nhận tại {place}" in buyers and "người mua đến nhận" in producers
    assert "dự kiến giao" not in buyers and "hẹn giao" not in producers
    assert "Người đến nhận" in producers and "Số 12" not in producers  # nobody shall post it


def test_papers_of_a_cancelled_part_say_so(client: Client) -> None:
    order = place(*[(factories.product(by=factories.producer(name)), 1) for name in ("HTX Một", "HTX Hai")])
    part = order.consignments.order_by("pk")[0]
    cancel_consignment(consignment_id=part.pk, by=STAFF, moment=clock.now())
    buyers, producers = text_of(download(client, order).content), packed(part)
    assert f"{part.number} · Đã hủy" in buyers and f"Phần {part.number}" not in buyers
    assert buyers.count("dự kiến giao") == 1
    assert "Phần này đã hủy" in producers and "Nguyễn Thị Hoài Thương" not in producers


def test_producers_learn_for_whom_to_write_an_invoice() -> None:
    part = split_in_two()
    facts = {
        "company": "Công ty Sao Khuê",
        "tax_code": "0101243150",
        "address": "Số 5",
        "email": "kt@khue.example",
    }
    InvoiceRequest.objects.create(order=part.order, **facts)
    text = packed(part)
    assert [words for words in facts.values() if words not in text] == []


def test_nothing_is_collected_of_a_paid_order() -> None:
    part = split_in_two()
    Order.objects.update(payment_state=PaymentState.PAID)
    assert "Thu khi giao" not in packed(part)


def test_a_cancelled_parcel_is_not_packed() -> None:
    part = split_in_two()
    move(part.parcels.get(number=1), ParcelState.CANCELLED)
    text = packed(part)
    assert "Kiện 1" not in text
    assert "Kiện 2" in text


@pytest.mark.parametrize("end", [ParcelState.CANCELLED, ParcelState.LOST, ParcelState.DELIVERED])
def test_what_is_collected_is_what_is_owed(end: ParcelState) -> None:
    part = split_in_two()
    first = part.parcels.get(number=1)
    if end == ParcelState.CANCELLED:
        move(first, end)
    else:
        bring(first, end)
    part = Consignment.objects.get(pk=part.pk)
    assert sum(cash_by_parcel(part).values()) == part.owed


def test_nothing_is_collected_of_what_is_cancelled_whole() -> None:
    part = split_in_two()
    for parcel in part.parcels.all():
        move(parcel, ParcelState.CANCELLED)
    assert cash_by_parcel(Consignment.objects.get()) == {}
