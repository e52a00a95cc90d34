import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from marketplace import clock
from marketplace.look.figures import dong
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order, ReturnPhoto, ReturnRequest, ReturnState
from tests import factories
from tests.order.placing import place
from tests.order.returns.cast import BUYER, answer, ask, delivered, escalate, part_of
from tests.pictures.images import picture_file

pytestmark = pytest.mark.django_db

TEXT = "Hộp bị móp, chè vương ra ngoài."
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


def form_address(order: Order, part: int = 0) -> str:
    return reverse("order:ask_return", args=[order.token, part or part_of(order).pk])


def form(client: Client, order: Order, **changes: Any) -> dict[str, Any]:
    """What the page asks to send back, filled in for one piece of its first line."""
    page = client.get(form_address(order)).content.decode()
    key = re.search(r'name="khoa" value="([^"]+)"', page)
    line = order.lines.order_by("pk")[0]
    filled = {
        "ly_do": "damaged",
        "mo_ta": TEXT,
        f"so_luong_{line.pk}": "1",
        "khoa": key.group(1) if key else "",
    }
    return filled | changes


def send(client: Client, order: Order, **changes: Any) -> Any:
    return client.post(form_address(order), form(client, order, **changes), follow=True)


def page_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_guest_asks_by_the_orders_link_and_follows_the_request(client: Client) -> None:
    order = delivered(3)
    assert form_address(order) in page_of(client.get(order.get_absolute_url()))
    page = page_of(send(client, order, anh=[picture_file(), picture_file(name="nhan.jpg")]))
    request = ReturnRequest.objects.get()
    assert "Đã gửi yêu cầu" in page
    assert (request.text, request.items.get().quantity, request.photos.count()) == (TEXT, 1, 2)
    assert request.number in page_of(client.get(order.get_absolute_url()))


def test_the_owner_is_named_in_the_record(client: Client) -> None:
    owner = factories.user()
    client.force_login(owner)
    send(client, delivered())
    assert ReturnRequest.objects.get().changes.get().actor == owner


def test_a_script_that_calls_itself_a_picture_is_refused_and_the_words_stay(client: Client) -> None:
    fake = SimpleUploadedFile("anh.jpg", SCRIPT, content_type="image/jpeg")
    page = page_of(send(client, delivered(), anh=[picture_file(), fake]))
    assert "“anh.jpg”: Tệp này không phải ảnh" in page
    assert TEXT in page
    assert 'value="damaged"' in page
    assert not ReturnRequest.objects.exists()


def test_more_than_six_pictures_are_too_many(client: Client, private_folder: Path) -> None:
    page = page_of(send(client, delivered(), anh=[picture_file((60, 40)) for _ in range(7)]))
    assert "nhiều nhất 6 ảnh" in page
    assert not private_folder.exists()


def test_a_kept_picture_has_nothing_of_where_it_was_taken(client: Client, private_folder: Path) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (21.0, 2.0, 3.0)}
    send(client, delivered(), anh=[picture_file((3000, 2000), exif=exif)])
    with Image.open(private_folder / ReturnPhoto.objects.get().file.name) as kept:
        assert (kept.format, max(kept.size), dict(kept.getexif())) == ("WEBP", 1600, {})


def test_ten_thousand_letters_are_too_many_and_stay_to_be_shortened(client: Client) -> None:
    page = page_of(send(client, delivered(), mo_ta="ă" * 10_000))
    assert "nhiều nhất 2000 chữ cái, bạn đang viết 10000" in page
    assert "ă" * 10_000 in page
    assert not ReturnRequest.objects.exists()


def test_what_somebody_wrote_cannot_become_part_of_the_page(client: Client) -> None:
    page = page_of(send(client, delivered(), mo_ta="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ly_do": ""}, "Bạn chọn một lý do nhé."),
        ({"ly_do": "whim"}, "Bạn chọn một lý do nhé."),
        ({"mo_ta": "  "}, "Bạn viết vài chữ"),
    ],
)
def test_what_is_missing_is_said(client: Client, change: dict[str, str], said: str) -> None:
    assert said in page_of(send(client, delivered(), **change))
    assert not ReturnRequest.objects.exists()


def test_all_that_is_missing_is_said_at_once(client: Client) -> None:
    order = delivered(3)
    page = page_of(send(client, order, ly_do="", mo_ta="", **{f"so_luong_{order.lines.get().pk}": "0"}))
    words = ("Bạn chọn ít nhất một món muốn trả.", "Bạn chọn một lý do nhé.", "Bạn viết vài chữ")
    assert [said for said in words if said not in page] == []


def test_the_form_says_how_many_days_there_are(client: Client, settings: Any) -> None:
    settings.RETURN_WINDOW_DAYS, settings.RETURN_HIDDEN_FAULT_DAYS = 3, 45
    page = page_of(client.get(form_address(delivered())))
    assert "Hạn báo tính từ lúc giao: 3 ngày, với lỗi không thể thấy ngay: 45 ngày." in page


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ("0", "ít nhất một món"),
        ("9", "nhiều nhất 3 sản phẩm"),
        ("-1", "từ 0"),
        ("ba", "bằng chữ số"),
        ("9" * 40, "3"),
    ],
)
def test_a_number_that_cannot_be_is_refused(client: Client, pieces: str, said: str) -> None:
    order = delivered(3)
    line = order.lines.get()
    page = page_of(send(client, order, **{f"so_luong_{line.pk}": pieces}))
    assert said in page
    assert TEXT in page
    assert not ReturnRequest.objects.exists()


def test_a_form_sent_twice_makes_one_request(client: Client) -> None:
    order = delivered(3)
    filled = form(client, order)
    answers = [client.post(form_address(order), filled) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {
        ReturnRequest.objects.get().get_absolute_url()
    }


def test_of_two_tabs_the_second_hears_that_a_request_waits(client: Client) -> None:
    order = delivered(3)
    first, second = form(client, order), form(client, order)
    client.post(form_address(order), first)
    page = page_of(client.post(form_address(order), second | {"mo_ta": "Tab thứ hai"}))
    assert f"đã có yêu cầu {ReturnRequest.objects.get().number} đang chờ" in page
    assert "Tab thứ hai" in page


def test_when_the_days_are_over_the_pages_say_so(client: Client) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        order = delivered()
    assert "Đã hết hạn báo trả hàng." in page_of(client.get(order.get_absolute_url()))
    page = page_of(client.get(form_address(order)))
    assert "đã hết hạn báo trả hàng." in page
    assert "<textarea" not in page
    filled = {"ly_do": "damaged", "mo_ta": TEXT, f"so_luong_{order.lines.get().pk}": "1", "khoa": "cu"}
    assert "hạn báo đã hết ngày" in page_of(client.post(form_address(order), filled))


def test_of_a_part_that_was_cancelled_meanwhile_there_is_nothing_to_return(client: Client) -> None:
    order = place((factories.product(), 1))
    filled = form(client, order)
    cancel_consignment(consignment_id=part_of(order).pk, by=BUYER, moment=clock.now())
    page = page_of(client.get(form_address(order)))
    assert "Chưa có món nào" in page
    assert "ít nhất một món" in page_of(client.post(form_address(order), filled))
    assert "Trả hàng</h2>" not in page_of(client.get(order.get_absolute_url()))


def address(name: str, request: ReturnRequest, *more: int, token: str = "") -> str:
    return reverse(f"order:{name}", args=[token or request.consignment.order.token, request.number, *more])


def declined(**days: int) -> ReturnRequest:
    request = ask(delivered())
    answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi.")
    return ReturnRequest.objects.get(pk=request.pk)


def test_what_is_promised_back_stands_on_the_orders_page(client: Client) -> None:
    request = ask(delivered(), pieces=1)
    before, told = page_of(client.get(request.consignment.order.get_absolute_url())), "<dt>Trả lại bạn</dt>"
    answer(request, accepted=True)
    after = page_of(client.get(request.consignment.order.get_absolute_url()))
    assert told not in before
    amount = dong(request.refund_amount)
    assert after.count(f"{told}<dd>{amount}</dd>") == 1  # in its part
    assert after.count(f"<dt>Hàng bạn trả lại</dt><dd>−{amount}</dd>") == 1  # and in the whole


def test_a_buyer_reads_why_the_producer_declined_and_asks_the_shop(client: Client) -> None:
    request = declined()
    page = page_of(client.get(request.get_absolute_url()))
    assert "Hàng nguyên vẹn khi gửi." in page
    assert "nhân viên Chợ, thay mặt" in page
    page = page_of(client.post(address("escalate_return", request), {"loi": "Xin xem ảnh 2"}, follow=True))
    assert "Xin xem ảnh 2" in page
    assert ReturnRequest.objects.get().state == ReturnState.ESCALATED


def test_words_to_the_shop_that_are_too_long_stay_to_be_shortened(client: Client) -> None:
    page = page_of(client.post(address("escalate_return", declined()), {"loi": "ộ" * 10_000}))
    assert "nhiều nhất 2000 chữ cái" in page
    assert "ộ" * 10_000 in page
    assert ReturnRequest.objects.get().state == ReturnState.DECLINED


def test_a_buyer_withdraws_and_a_second_click_says_that_it_is_withdrawn(client: Client) -> None:
    request = ask(delivered())
    said = [page_of(client.post(address("withdraw_return", request), follow=True)) for _ in range(2)]
    assert "Đã rút yêu cầu." in said[0]
    assert "đang là “Đã rút lại”" in said[1]
    assert request.changes.filter(after="withdrawn").count() == 1


def test_a_stale_button_says_what_happened_meanwhile(client: Client) -> None:
    request = ask(delivered())
    answer(request, accepted=True)
    page = page_of(client.post(address("withdraw_return", request), follow=True))
    assert "đang là “Nhà sản xuất đồng ý”" in page


@pytest.mark.parametrize("name", ["escalate_return", "withdraw_return"])
def test_following_a_link_changes_nothing(client: Client, name: str) -> None:
    request = declined()
    assert client.get(address(name, request)).status_code == 405
    assert ReturnRequest.objects.get().state == ReturnState.DECLINED


@pytest.mark.parametrize("name", ["return", "escalate_return", "withdraw_return"])
def test_another_orders_token_opens_no_request(client: Client, name: str) -> None:
    request, other = declined(), delivered()
    for token in (other.token, "x" * 32, request.consignment.order.number):
        strange = address(name, request, token=token)
        assert client.get(strange).status_code in (404, 405)
        assert client.post(strange).status_code in (404, 405)
    assert ReturnRequest.objects.get().state == ReturnState.DECLINED


def test_a_consignment_of_another_order_is_not_returned_here(client: Client) -> None:
    order, other = delivered(), delivered()
    strange = form_address(order, part_of(other).pk)
    assert client.get(strange).status_code == client.post(strange, {"ly_do": "damaged"}).status_code == 404


def with_photo(client: Client) -> ReturnRequest:
    send(client, delivered(), anh=[picture_file()])
    return ReturnRequest.objects.get()


def test_a_picture_is_shown_to_the_link_only_and_can_do_no_harm(client: Client) -> None:
    request = with_photo(client)
    shown = client.get(address("return_photo", request, 1))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"] == f'inline; filename="{request.number}-1.webp"'
    assert "no-store" in shown["Cache-Control"]
    assert "sandbox" in shown["Content-Security-Policy"]
    strange = address("return_photo", request, 1, token=delivered().token)
    assert (
        client.get(strange).status_code == client.get(address("return_photo", request, 2)).status_code == 404
    )


def test_a_picture_has_no_public_address(client: Client) -> None:
    photo = with_photo(client).photos.get()
    assert client.get(f"/media/{photo.file.name}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        _ = photo.file.url


def test_an_old_link_tells_no_pictures_but_its_owner_sees_them(client: Client) -> None:
    request = with_photo(client)
    owner, shown = factories.user(), address("return_photo", request, 1)
    Order.objects.update(user=owner)
    with clock.at(clock.now() + timedelta(days=100)):
        assert client.get(shown).status_code == 404
        assert shown not in page_of(client.get(request.get_absolute_url()))
        client.force_login(owner)
        assert client.get(shown).status_code == 200


def test_an_old_link_tells_no_words_but_its_owner_reads_them(client: Client) -> None:
    words = ("Tôi là Hoài Thương, số 12", "Chị Thương gửi nhầm ảnh", "Gọi tôi số 0912 345 678")
    request, owner = ask(delivered(), text=words[0]), factories.user()
    answer(request, accepted=False, reasons=words[1])
    escalate(request, note=words[2])
    Order.objects.update(user=owner)
    read = [page_of(client.get(request.get_absolute_url()))]
    with clock.at(clock.now() + timedelta(days=100)):
        read.append(page_of(client.get(request.get_absolute_url())))
        client.force_login(owner)
        read.append(page_of(client.get(request.get_absolute_url())))
    assert [[word for word in words if word in page] for page in read] == [[*words], [], [*words]]
    assert "không còn hiện lời kể" in read[1] and request.get_reason_display() in read[1]


def test_a_picture_goes_with_its_order(
    client: Client, private_folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = private_folder / with_photo(client).photos.get().file.name
    assert file.stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        ReturnPhoto.objects.all().delete()
    assert not file.exists()


def test_the_pages_are_kept_by_nobody_and_found_by_no_search(client: Client) -> None:
    request = ask(delivered())
    for shown in (request.get_absolute_url(), form_address(request.consignment.order)):
        answered = client.get(shown)
        assert answered["X-Robots-Tag"] == "noindex, nofollow"
        assert answered["Referrer-Policy"] == "same-origin"
        assert "no-store" in answered["Cache-Control"]


def test_the_pages_speak_english(client: Client) -> None:
    request = ask(delivered())
    page = page_of(client.get("/en" + request.get_absolute_url()))
    assert 'lang="en"' in page
    assert f'<dd lang="vi"><p>{request.text}' in page


def test_the_orders_page_asks_once_for_all_requests(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    order = delivered()
    ask(order)
    client.get(order.get_absolute_url())
    with django_assert_max_num_queries(22):
        client.get(order.get_absolute_url())
