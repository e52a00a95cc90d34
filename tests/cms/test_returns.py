"""Staff's screens of requests to return goods."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.order.models import Reason, ReturnRequest, ReturnState
from marketplace.order.returns.asking import Asked, request_return
from marketplace.partner.models import StockRecord
from marketplace.pictures.cleaning import clean_upload
from marketplace.work.queue import run_due
from tests import factories
from tests.cms.reading import Inline, page
from tests.order.returns.cast import BUYER, answer, ask, close, delivered, escalate, part_of
from tests.pictures.images import picture_file
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


def listed(client: Any, **chosen: Any) -> list[str]:
    """The requests that the list shows, by number, in its order."""
    answered = client.get(reverse("desk_returns"), chosen)
    assert answered.status_code == 200
    return [row.number for row in answered.context["object_list"]]


def act(client: Any, request: ReturnRequest, name: str, **answers: Any) -> str:
    address = reverse("desk_return_act", args=[request.pk, name])
    answered = client.post(address, answers, follow=True)
    assert answered.status_code == 200
    return str(answered.content.decode())


def detail(client: Any, request: ReturnRequest) -> str:
    return page(client, reverse("desk_return", args=[request.pk]))


def state(request: ReturnRequest) -> str:
    return ReturnRequest.objects.get(pk=request.pk).state


def test_the_list_says_what_where_from_how_much_and_until_when(coordinator: Any) -> None:
    maker = factories.producer("HTX chế biến chè Phìn Hồ")
    request = ask(delivered(3, by=maker))
    html = page(coordinator, reverse("desk_returns"))
    shown = (request.number, request.consignment.order.number, maker.name, "Hỏng, vỡ khi giao đến")
    assert [text for text in shown if text not in html] == []


def test_it_is_found_by_its_number_its_orders_and_the_buyers_name(coordinator: Any) -> None:
    request, other = ask(delivered()), ask(delivered())
    order = request.consignment.order
    for text in (request.number, order.number, order.number[-5:]):
        assert listed(coordinator, q=text) == [request.number]
    assert set(listed(coordinator, q="hoai thuong")) == {request.number, other.number}
    assert listed(coordinator, q="khong co ai") == []


def test_it_is_narrowed_by_state_reason_and_producer(coordinator: Any) -> None:
    one = ask(delivered(by=factories.producer("HTX Phìn Hồ")))
    two = ask(delivered(by=factories.producer("Cơ sở Hàng Than")), reason=Reason.MISSING)
    answer(two, accepted=True)
    assert listed(coordinator, state="requested") == [one.number]
    assert listed(coordinator, reason="missing") == [two.number]
    assert listed(coordinator, producer="phin ho") == [one.number]
    assert len(listed(coordinator)) == 2


def test_it_is_narrowed_by_days_in_vietnam_wherever_staff_are(coordinator: Any) -> None:
    UserProfile.objects.create(
        user=User.objects.get(email="dieu-phoi@cho-ocop.example"), current_time_zone="America/New_York"
    )
    one, two = ask(delivered()), ask(delivered())
    evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # a minute to midnight in Hà Nội
    ReturnRequest.objects.filter(pk=one.pk).update(requested_at=evening)
    ReturnRequest.objects.filter(pk=two.pk).update(requested_at=evening + timedelta(minutes=1))
    assert listed(coordinator, requested_to="2026-11-20") == [one.number]
    assert listed(coordinator, requested_from="2026-11-21", requested_to="2026-11-21") == [two.number]


def test_producers_who_did_not_answer_in_time_can_be_picked_out(coordinator: Any) -> None:
    silent, quick = ask(delivered()), ask(delivered())
    answer(quick, accepted=True)
    assert listed(coordinator, overdue="silent") == []
    assert silent.due_at
    with clock.at(silent.due_at - timedelta(hours=3)):
        assert listed(coordinator, overdue="waiting") == [silent.number]
    with clock.at(silent.due_at + timedelta(minutes=1)):
        assert listed(coordinator, overdue="silent") == [silent.number]
        run_due()
        assert listed(coordinator, overdue="silent") == [silent.number]


def test_the_list_asks_as_often_for_one_request_as_for_many(
    coordinator: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        ask(delivered())
    listed(coordinator)
    with django_assert_max_num_queries(12):
        listed(coordinator)


def test_the_spreadsheet_has_a_row_a_request_and_no_formula(coordinator: Any) -> None:
    request = ask(delivered(by=factories.producer('=HYPERLINK("http://example.com")')))
    answered = coordinator.get(reverse("desk_returns"), {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(answered.streaming_content))).active.values)  # type: ignore[union-attr]
    assert len(rows) == 2
    assert rows[1][0] == request.number
    assert rows[1][2] == '\'=HYPERLINK("http://example.com")'
    csv = b"".join(coordinator.get(reverse("desk_returns"), {"export": "csv"}).streaming_content).decode()
    assert csv.startswith("\ufeffMã yêu cầu,")


def test_whoever_takes_the_list_along_is_recorded(coordinator: Any) -> None:
    ask(delivered())
    coordinator.get(reverse("desk_returns"), {"export": "csv", "q": "Hoài Thương"})
    entry = Entry.objects.get(action="returns_exported")
    assert (str(entry.actor), entry.after) == ("dieu-phoi@cho-ocop.example", {"rows": 1, "searched": True})


def with_photo() -> ReturnRequest:
    part = part_of(delivered(3))
    asked = Asked(
        reason=Reason.DAMAGED,
        text="<b>Hộp móp</b>",
        quantities={part.lines.get().pk: 3},
        key="khoa",
        photos=[clean_upload(picture_file())],
    )
    return request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=clock.now())


def test_a_request_is_shown_with_words_pictures_buyer_and_history(coordinator: Any) -> None:
    request = with_photo()
    html = detail(coordinator, request)
    photo = reverse("desk_return_photo", args=[request.pk, 1])
    assert "&lt;b&gt;Hộp móp&lt;/b&gt;" in html
    assert photo in html
    assert "Nguyễn Thị Hoài Thương" in html
    assert "Chờ nhà sản xuất trả lời" in html
    shown = coordinator.get(photo)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert coordinator.get(reverse("desk_return_photo", args=[request.pk, 2])).status_code == 404


def test_opening_a_request_is_recorded(coordinator: Any) -> None:
    request = ask(delivered())
    detail(coordinator, request)
    entry = Entry.objects.get(action="return.opened")
    assert (entry.actor.email, entry.object_id) == ("dieu-phoi@cho-ocop.example", str(request.pk))


def test_staff_answer_for_the_producer_and_that_is_recorded(coordinator: Any) -> None:
    request = ask(delivered())
    html = act(coordinator, request, "tu-choi", reasons="Hàng nguyên vẹn khi gửi.")
    assert "Hàng nguyên vẹn khi gửi." in html
    change = request.changes.get(after="declined")
    assert (change.actor.email, change.acting_for) == (
        "dieu-phoi@cho-ocop.example",
        request.consignment.partner,
    )
    assert Entry.objects.filter(action="return.declined", actor=change.actor).exists()


def test_an_answer_without_reasons_is_asked_for_them(coordinator: Any) -> None:
    request = ask(delivered())
    html = act(coordinator, request, "dong-y", reasons="")
    assert "<details open>" in html
    assert "Chưa ghi được “Nhà sản xuất đồng ý”. Lý do:" in html and 'href="#viec"' in html
    assert state(request) == ReturnState.REQUESTED


def test_reasons_that_are_too_long_stay_to_be_shortened(coordinator: Any) -> None:
    request = ask(delivered())
    html = act(coordinator, request, "dong-y", reasons="ă" * 10_000)
    assert "ă" * 10_000 in html
    assert state(request) == ReturnState.REQUESTED


def test_staff_take_a_request_to_its_end(coordinator: Any) -> None:
    request = ask(delivered(3))
    answer(request, accepted=False)
    act(coordinator, request, "xem-xet", note="Người mua gọi điện")
    act(coordinator, request, "chap-nhan", reasons="Ảnh cho thấy hộp vỡ.")
    line = request.items.get().line_id
    assert "Kết thúc, không chờ thêm hàng" in detail(coordinator, request)
    html = act(coordinator, request, "da-nhan-hang", **{f"fit-{line}": "2"})
    assert ("Kết thúc yêu cầu" in html, "không chờ thêm hàng" in html) == (True, False)
    assert StockRecord.objects.get().num_in_stock == 19
    html = act(coordinator, request, "ket-thuc")
    assert state(request) == ReturnState.CLOSED
    assert "Không còn việc gì phải làm." in html


def test_more_goods_than_were_returned_are_not_received(coordinator: Any) -> None:
    request = ask(delivered(3))
    answer(request, accepted=True)
    html = act(coordinator, request, "da-nhan-hang", **{f"fit-{request.items.get().line_id}": "4"})
    assert "errorlist" in html
    assert state(request) == ReturnState.ACCEPTED


@pytest.mark.parametrize("name", ["dong-y", "tu-choi", "chap-nhan", "khong-chap-nhan"])
def test_a_stale_button_says_what_happened_meanwhile(coordinator: Any, name: str) -> None:
    request = ask(delivered())
    answer(request, accepted=False)
    escalate(request)
    act(coordinator, request, "khong-chap-nhan", reasons="Quá hạn dùng từ trước.")
    html = act(coordinator, request, name, reasons="Ảnh cho thấy hộp vỡ.")
    assert "đang là “Chợ không chấp nhận”" in html
    assert state(request) == ReturnState.REFUSED


def test_a_stale_button_with_an_empty_form_says_so_too(coordinator: Any) -> None:
    request = ask(delivered())
    answer(request, accepted=True, goods_kept=True)
    close(request)
    assert "đã được xử lý khác rồi" in act(coordinator, request, "tu-choi", reasons="")


def test_missing_goods_are_not_asked_back(coordinator: Any) -> None:
    request = ask(delivered(), reason=Reason.MISSING)
    assert "goods_kept" not in detail(coordinator, request)
    act(coordinator, request, "dong-y", reasons="Gửi thiếu.")
    assert ReturnRequest.objects.get().goods_kept is True


def test_an_action_that_nobody_knows_is_not_there(coordinator: Any) -> None:
    request = ask(delivered())
    assert coordinator.post(reverse("desk_return_act", args=[request.pk, "dot"])).status_code == 404
    assert coordinator.get(reverse("desk_return_act", args=[request.pk, "dong-y"])).status_code == 405


def addresses(request: ReturnRequest) -> list[str]:
    return [
        reverse("desk_returns"),
        reverse("desk_returns_results"),
        reverse("desk_return", args=[request.pk]),
        reverse("desk_return_photo", args=[request.pk, 1]),
        reverse("desk_return_act", args=[request.pk, "dong-y"]),
    ]


def test_without_the_right_nobody_sees_requests_or_acts_on_them(editor: Any, client: Any) -> None:
    request = with_photo()
    Permission.objects.get(codename="view_order").group_set.add(Group.objects.get(name="Editors"))
    assert reverse("desk_returns") not in page(editor, reverse("wagtailadmin_home"))
    for address in addresses(request):
        assert editor.get(address).status_code == 302
        assert editor.post(address, {"reasons": "Tôi thấy thế"}).status_code == 302
    client.logout()
    for address in addresses(request):
        assert client.get(address).status_code == 302
    assert state(request) == ReturnState.REQUESTED


def test_the_right_alone_is_enough(client: Any) -> None:
    person = User.objects.create_user(email="tra-hang@cho-ocop.example", password="mat-khau-dai")
    for codename in ("handle_returns", "access_admin"):
        person.user_permissions.add(Permission.objects.get(codename=codename))
    sign_in_staff(client, person)
    request = ask(delivered())
    assert listed(client) == [request.number]
    assert reverse("desk_order", args=[request.consignment.order_id]) not in detail(client, request)


def test_the_pages_carry_no_inline_script_or_style_of_ours(coordinator: Any) -> None:
    request = with_photo()
    html = detail(coordinator, request)
    ours = html[html.index('<div class="desk">') : html.index("</main>")]
    assert Inline(ours).found == []
