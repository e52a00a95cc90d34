"""One order in staff's admin: what it shows, and everything that can be done with it from there."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.communication.models import Message
from marketplace.order.models import (
    Carrier,
    InvoiceRequest,
    Order,
    Parcel,
    ParcelChange,
    ParcelState,
    PaymentState,
)
from marketplace.partner.models import StockRecord
from tests import factories
from tests.cms.reading import page
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import place
from tests.order.returns import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None) -> Order:
    return place((factories.product("Chè Shan tuyết Phìn Hồ", stock=10), 4))


@pytest.fixture
def ghn(db: None) -> Carrier:
    return Carrier.objects.create(name="GHN", tracking_address="https://ghn.example/{}")


def opened(client: Any, order: Order) -> str:
    return page(client, reverse("desk_order", args=[order.pk]))


def do(client: Any, parcel: Parcel, name: str, **fields: Any) -> str:
    """Send a form of a parcel and follow to the page; what was said there."""
    answer = client.post(reverse("desk_parcel_act", args=[parcel.pk, name]), fields)
    if answer.status_code == 302:
        assert answer["Location"] == reverse("desk_order", args=[parcel.consignment.order_id])
        return " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert answer.status_code == 200
    return str(answer.content.decode())


def states() -> list[str]:
    return list(Parcel.objects.order_by("consignment", "number").values_list("state", flat=True))


def test_the_page_shows_recipient_notes_lines_and_parcels(coordinator: Any, order: Order) -> None:
    Order.objects.update(note="Gọi trước khi giao", guest_email="thuong@example.vn")
    order.consignments.update(note="Gói kỹ giúp mình")
    html = opened(coordinator, order)
    for text in ("Nguyễn Thị Hoài Thương", "0912 345 678", "thuong@example.vn", "Phường Ba Đình", "Gọi trước khi giao",
                 "Gói kỹ giúp mình", "4 × Chè Shan tuyết Phìn Hồ", order.get_absolute_url()):  # fmt: skip
        assert text in html, text


def test_it_takes_as_many_queries_for_six_producers_as_for_one(coordinator: Any, order: Order) -> None:
    large = place(*[(factories.product(), 1) for _ in range(6)])
    opened(coordinator, order)
    counts = []
    for each in (order, large):
        with CaptureQueriesContext(connection) as asked:
            opened(coordinator, each)
        counts.append(len(asked))
    assert counts[1] == counts[0]


def test_each_opening_is_recorded_with_who_looked(coordinator: Any, order: Order) -> None:
    opened(coordinator, order)
    entry = Entry.objects.get(action="order_opened")
    assert (entry.object_id, entry.actor) == (str(order.pk), User.objects.get())
    opened(coordinator, order)
    assert Entry.objects.filter(action="order_opened").count() == 2
    page(coordinator, reverse("desk_orders"))
    assert Entry.objects.count() == 2


def test_a_parcel_is_brought_along_its_way_for_its_producer(
    coordinator: Any, order: Order, ghn: Carrier
) -> None:
    parcel = parcel_of(order)
    assert "Đã xác nhận" in do(coordinator, parcel, "confirm")
    do(coordinator, parcel, "pack")
    do(coordinator, parcel, "hand-over", carrier=ghn.pk, tracking_number="GHN 1")
    html = opened(coordinator, order)
    assert 'href="https://ghn.example/GHN%201"' in html
    do(coordinator, parcel, "deliver")
    assert states() == ["delivered"]
    who = {(change.role, change.actor, change.acting_for) for change in ParcelChange.objects.all()}
    assert who == {("staff", User.objects.get(), parcel.consignment.partner)}


def test_the_history_says_who_did_what_for_whom(coordinator: Any, order: Order) -> None:
    do(coordinator, parcel_of(order), "confirm")
    html = opened(coordinator, order)
    partner = order.consignments.get().partner.name
    assert "Đã nhận đơn → Nhà sản xuất đã xác nhận" in html
    assert f"dieu-phoi@cho-ocop.example, thay cho {partner}" in html


def test_the_page_offers_only_what_is_possible_now(coordinator: Any, order: Order) -> None:
    parcel = parcel_of(order)
    offered = {
        ParcelState.NEW: {"confirm", "split", "cancel"},
        ParcelState.PACKED: {"hand-over", "split", "cancel"},
        ParcelState.HANDED_OVER: {"deliver", "tracking", "return", "lose"},
        ParcelState.DELIVERED: set(),
    }
    every = {"confirm", "pack", "hand-over", "deliver", "tracking", "split", "return", "lose", "cancel"}
    for state, names in offered.items():
        html = opened(coordinator, order) if bring(parcel, state) else ""
        seen = {name for name in every if reverse("desk_parcel_act", args=[parcel.pk, name]) in html}
        assert seen == names, state


def test_an_order_that_awaits_payment_is_left_alone(coordinator: Any, order: Order) -> None:
    Order.objects.update(payment_state=PaymentState.AWAITING_PAYMENT, payment_due_at=order.date_placed)
    assert reverse("desk_parcel_act", args=[parcel_of(order).pk, "confirm"]) not in opened(coordinator, order)
    assert "chưa thanh toán" in do(coordinator, parcel_of(order), "confirm")
    assert states() == ["new"]


def test_a_button_that_is_stale_says_so_and_shows_the_page_as_it_is(coordinator: Any, order: Order) -> None:
    parcel = parcel_of(order)
    do(coordinator, parcel, "confirm")
    assert "đã là “Nhà sản xuất đã xác nhận” rồi" in do(coordinator, parcel, "confirm")
    move(parcel, ParcelState.CANCELLED)
    assert "Đã hủy" in do(coordinator, parcel, "pack")
    assert states() == ["cancelled"]
    assert ParcelChange.objects.count() == 2


def test_a_number_without_a_carrier_is_asked_about_and_kept(coordinator: Any, order: Order) -> None:
    parcel = bring(parcel_of(order), ParcelState.PACKED)
    html = do(coordinator, parcel, "hand-over", tracking_number="VN 77")
    assert "chọn đơn vị vận chuyển" in html and 'value="VN 77"' in html
    top = html[: html.index('class="desk"')]
    assert f"“Giao cho đơn vị vận chuyển” với kiện {parcel}. Đơn vị vận chuyển: Bạn chọn" in top
    assert f'href="#kien-{parcel.pk}"' in top
    assert states() == ["packed"]


def test_the_producer_may_bring_a_parcel_without_a_carrier(coordinator: Any, order: Order) -> None:
    parcel = bring(parcel_of(order), ParcelState.PACKED)
    do(coordinator, parcel, "hand-over")
    assert (states(), Parcel.objects.get().carrier) == (["handed_over"], None)


@pytest.mark.parametrize(("fit", "left"), [({"goods_back": "on"}, 10), ({}, 6)])
def test_goods_that_come_back_are_sold_again_only_when_they_are_fit(
    coordinator: Any, order: Order, fit: dict[str, str], left: int
) -> None:
    parcel = bring(parcel_of(order), ParcelState.HANDED_OVER)
    do(coordinator, parcel, "return", note="Không ai nhận", **fit)
    assert (states(), StockRecord.objects.get().num_in_stock) == (["returned"], left)
    assert ParcelChange.objects.last().note == "Không ai nhận"


@pytest.mark.parametrize(
    ("name", "state"), [("lose", "handed_over"), ("return", "handed_over"), ("cancel", "new")]
)
def test_a_bad_end_needs_a_reason(coordinator: Any, order: Order, name: str, state: str) -> None:
    parcel = bring(parcel_of(order), ParcelState(state))
    html = do(coordinator, parcel, name, note="  ")
    assert "errorlist" in html
    assert states() == [state]


def test_a_cancelled_parcel_is_owed_no_more_and_its_goods_are_free(coordinator: Any, order: Order) -> None:
    do(coordinator, parcel_of(order), "cancel", note="Khách đổi ý")
    order.refresh_from_db()
    assert (order.payment_state, order.owed) == (PaymentState.CANCELLED, 0)
    assert StockRecord.objects.get().num_allocated == 0


def test_a_parcel_is_split_once_however_often_one_clicks(coordinator: Any, order: Order) -> None:
    parcel = parcel_of(order)
    line = parcel.items.get().line_id
    fields = {"seen": f"{line}:4", f"line-{line}": "1"}
    assert "Đã tách" in do(coordinator, parcel, "split", **fields)
    assert "vừa thay đổi" in do(coordinator, parcel, "split", **fields)
    assert [parcel.items.get().quantity for parcel in Parcel.objects.order_by("number")] == [3, 1]


@pytest.mark.parametrize("fields", [{"seen": "x"}, {"seen": "1:"}, {}, {"seen": "99:1"}])
def test_a_split_that_makes_no_sense_changes_nothing(coordinator: Any, order: Order, fields: Any) -> None:
    do(coordinator, parcel_of(order), "split", **fields)
    assert Parcel.objects.count() == 1


def test_a_tracking_number_is_corrected_unless_somebody_was_faster(
    coordinator: Any, order: Order, ghn: Carrier
) -> None:
    parcel = bring(parcel_of(order), ParcelState.PACKED)
    do(coordinator, parcel, "hand-over", carrier=ghn.pk, tracking_number="SAI1")
    seen = {"seen_carrier": ghn.pk, "seen_number": "SAI1", "carrier": ghn.pk}
    assert "Đã sửa" in do(coordinator, parcel, "tracking", tracking_number="DUNG1", **seen)
    assert "người khác sửa" in do(coordinator, parcel, "tracking", tracking_number="KHAC1", **seen)
    assert Parcel.objects.get().tracking_number == "DUNG1"
    assert "GHN SAI1 → GHN DUNG1" in opened(coordinator, order)


def test_a_consignment_is_cancelled_as_a_whole_before_it_is_sent(coordinator: Any) -> None:
    tea, jam = factories.product(), factories.product()
    order = place((tea, 1), (jam, 1))
    part = order.consignments.get(partner=tea.producer_id)
    address = reverse("desk_consignment_cancel", args=[part.pk])
    html = coordinator.post(address, {"reason": ""}).content.decode()
    assert "Chưa hủy được phần đơn. Lý do:" in html and f'href="#phan-{part.pk}"' in html
    assert coordinator.post(address, {"reason": "Hết chè"}).status_code == 302
    assert sorted(states()) == ["cancelled", "new"]
    change = ParcelChange.objects.get()
    assert (change.role, change.acting_for_id, change.note) == ("staff", tea.producer_id, "Hết chè")


def test_a_consignment_that_was_sent_meanwhile_is_not_cancelled(coordinator: Any, order: Order) -> None:
    bring(parcel_of(order), ParcelState.HANDED_OVER)
    answer = coordinator.post(
        reverse("desk_consignment_cancel", args=[order.consignments.get().pk]),
        {"reason": "Muộn"},
        follow=True,
    )
    assert "đã được gửi đi" in answer.content.decode()
    assert states() == ["handed_over"]


def test_a_stale_form_with_nothing_in_it_is_not_asked_to_be_filled_in(coordinator: Any, order: Order) -> None:
    parcel = bring(parcel_of(order), ParcelState.DELIVERED)
    addresses = [
        reverse("desk_parcel_act", args=[parcel.pk, "cancel"]),
        reverse("desk_consignment_cancel", args=[parcel.consignment_id]),
    ]
    for address in addresses:
        html = coordinator.post(address, follow=True).content.decode()
        assert "đã sang tình trạng khác" in html and address not in html
    assert states() == ["delivered"]


def test_what_is_not_there_is_not_found(coordinator: Any, order: Order) -> None:
    parcel = parcel_of(order).pk
    assert coordinator.get(reverse("desk_order", args=[order.pk + 1])).status_code == 404
    assert coordinator.post(reverse("desk_parcel_act", args=[parcel, "fly"])).status_code == 404
    assert coordinator.post(reverse("desk_parcel_act", args=[parcel + 1, "confirm"])).status_code == 404


def test_the_history_tells_what_became_of_returns(coordinator: Any) -> None:
    request = cast.ask(cast.delivered())
    cast.answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi")
    events = coordinator.get(reverse("desk_order", args=[request.consignment.order_id])).context["events"]
    maker = request.consignment.partner.name
    told = [(event.who, event.acting_for, event.what, event.note) for event in events]
    assert [event.about for event in events[:2]] == [request.number] * 2
    assert told[:2] == [
        ("nhân viên Chợ", maker, "Trả hàng: Nhà sản xuất không đồng ý", "Hàng nguyên vẹn khi gửi"),
        ("người mua", "", "Trả hàng: Chờ nhà sản xuất trả lời", ""),
    ]
    assert told[2][2].endswith("→ Đã giao")


def test_words_of_buyers_are_shown_as_words(coordinator: Any, order: Order) -> None:
    Order.objects.update(note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in opened(coordinator, order)


def test_the_link_is_sent_again_to_whoever_has_an_address(coordinator: Any, order: Order) -> None:
    address = reverse("desk_order_link", args=[order.pk])
    assert "không có email" in coordinator.post(address, follow=True).content.decode()
    assert not Message.objects.filter(kind="order_link").exists()
    Order.objects.update(guest_email="thuong@example.vn")
    for _click in range(2):
        assert "thuong@example.vn" in coordinator.post(address, follow=True).content.decode()
    assert Message.objects.get(kind="order_link").to == "thuong@example.vn"
    assert "Gửi lại liên kết cho người mua" in opened(coordinator, order)


@pytest.mark.parametrize("of_account", [None, "tai-khoan@example.vn"])
def test_staff_read_the_address_that_an_accounts_order_is_written_to(
    coordinator: Any, order: Order, of_account: str | None
) -> None:
    owner = factories.user(email=of_account, phone="+84987654321")
    Order.objects.update(user=owner, guest_email="thuong@example.vn")
    said = coordinator.post(reverse("desk_order_link", args=[order.pk]), follow=True).content.decode()
    assert "gửi ngay đến thuong@example.vn" in said and "mailto:thuong@example.vn" in said
    assert Message.objects.get(kind="order_link").to == "thuong@example.vn"


def test_papers_are_printed_and_that_is_an_opening_too(coordinator: Any, order: Order) -> None:
    part = order.consignments.get()
    addresses = [reverse("desk_order_paper", args=[order.pk]), reverse("desk_packing_list", args=[part.pk])]
    assert all(address in opened(coordinator, order) for address in addresses)
    Entry.objects.all().delete()
    for address in addresses:
        answer = coordinator.get(address)
        assert answer.content.startswith(b"%PDF") and "attachment" in answer["Content-Disposition"]
    papers = [entry.after["paper"] for entry in Entry.objects.filter(action="order_opened").order_by("pk")]
    assert papers == [order.number, part.number]


def test_an_invoice_and_words_for_a_gift_are_shown(coordinator: Any, order: Order) -> None:
    order.consignments.update(gift_message="Mừng thọ bà")
    InvoiceRequest.objects.create(
        order=order,
        tax_code="0101243150",
        company="Công ty Trà Việt",
        address="Hà Nội",
        email="kt@example.vn",
    )
    html = opened(coordinator, order)
    assert "Mừng thọ bà" in html and "0101243150" in html and "Công ty Trà Việt" in html


def test_of_drinks_with_alcohol_it_says_who_declared_what_and_what_is_to_be_checked(
    coordinator: Any, order: Order
) -> None:
    words = "Khi giao phải kiểm tra tuổi người nhận."
    assert words not in opened(coordinator, order)
    Order.objects.update(
        has_alcohol=True, adult_declared_at=order.date_placed, payment_state=PaymentState.PAID
    )
    assert words in opened(coordinator, order)
