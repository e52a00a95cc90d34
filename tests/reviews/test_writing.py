from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import Product, ProductChange
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.order.models import Order
from marketplace.reviews.models import ProductReview
from marketplace.reviews.moderation import decide
from marketplace.reviews.reasons import Reason
from marketplace.work.queue import run_due
from producers.models import Membership, Role
from tests import factories
from tests.order import placing
from tests.pictures.images import picture_file
from tests.reviews.delivering import deliver, delivered, line_of, reviewed

pytestmark = pytest.mark.django_db
SAID = "Nước đầu thơm cốm rất rõ."


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ")


def address(order: Order, line: int | None = None) -> str:
    key = line or line_of(order).pk
    return reverse("reviews:write_by_link", kwargs={"token": order.token, "line": key})


def answers(**changed: Any) -> dict[str, Any]:
    return {"diem": "5", "noi_dung": SAID, "ban": ""} | changed


def text(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def test_a_guest_writes_from_the_orders_link_and_the_product_page_shows_it(
    client: Client, tea: Product
) -> None:
    order = delivered(tea)
    assert address(order) in text(client, order.get_absolute_url())
    answer = client.post(address(order), answers(), follow=True)
    page = " ".join(answer.content.decode().split())
    assert answer.redirect_chain == [(f"{tea.get_absolute_url()}#danh-gia", 302)]
    assert "Cảm ơn bạn. Đánh giá của bạn đang hiện" in page
    assert SAID in page
    assert "Nguyễn T. H. T." in page
    assert "Hoài Thương" not in page
    assert "912345" not in page.replace(" ", "")


@pytest.mark.parametrize(
    "said", ["Gọi 0938111222 nhé", "Viết cho hoa@example.vn", "Rẻ hơn ở www.cho-khac.vn"]
)
def test_contacts_are_refused_and_the_words_stay(client: Client, tea: Product, said: str) -> None:
    shown = client.post(address(delivered(tea)), answers(noi_dung=said)).content.decode()
    assert "Bạn bỏ liên kết, email và số điện thoại ra khỏi nhận xét nhé." in shown
    assert said in shown
    assert not ProductReview.objects.exists()


def test_days_and_prices_are_no_phone_numbers(client: Client, tea: Product) -> None:
    said = "Nhận 25/11/2026, hạn 05/12/2027 - 06/12/2027, giá 185.000 đồng."
    assert client.post(address(delivered(tea)), answers(noi_dung=said)).status_code == 302


def test_nothing_is_reviewed_before_it_is_delivered(client: Client, tea: Product) -> None:
    order = placing.place((tea, 1))
    assert address(order) not in text(client, order.get_absolute_url())
    assert client.post(address(order), answers()).status_code == 404
    deliver(order)
    assert client.post(address(order), answers()).status_code == 302


def test_a_line_of_another_order_is_not_found(client: Client, tea: Product) -> None:
    mine, other = delivered(tea), delivered(factories.product())
    assert client.post(address(mine, line_of(other).pk), answers()).status_code == 404
    assert client.get(address(mine, 999_999)).status_code == 404
    assert not ProductReview.objects.exists()


def test_the_account_of_the_order_writes_and_no_other_account_does(client: Client, tea: Product) -> None:
    buyer, stranger = (User.objects.create_user(email=f"{who}@cho.example") for who in ("mua", "la"))
    order = delivered(tea, user=buyer)
    where = reverse("reviews:write_as_owner", kwargs={"number": order.number, "line": line_of(order).pk})
    assert client.get(where).status_code == 302
    client.force_login(stranger)
    assert client.post(where, answers()).status_code == 404
    client.force_login(buyer)
    assert client.post(where, answers()).status_code == 302
    assert ProductReview.objects.get().user == buyer


def test_a_producers_own_people_do_not_review_its_goods(client: Client, tea: Product) -> None:
    member = User.objects.create_user(email="xa-vien@cho.example")
    yesterday = clock.today() - timedelta(days=1)
    people = Membership.objects.create(producer=tea.producer, user=member, role=Role.STAFF, since=yesterday)
    order = delivered(tea, user=member)
    page = client.post(address(order), answers()).content.decode()
    assert "người của nhà sản xuất này" in page and SAID in page
    assert not ProductReview.objects.exists()
    people.until = yesterday
    people.save()
    assert client.post(address(order), answers()).status_code == 302


def test_a_second_review_becomes_a_look_at_the_first_with_the_new_words_kept(
    client: Client, tea: Product
) -> None:
    order = delivered(tea)
    client.post(address(order), answers())
    page = client.post(address(order), answers(noi_dung="Lần hai tôi viết khác."))
    assert "Lần hai tôi viết khác." in page.content.decode()
    assert "vừa được sửa ở nơi khác" in page.content.decode()
    assert ProductReview.objects.get().body == SAID


def test_the_database_holds_one_review_a_line(tea: Product) -> None:
    review = reviewed(tea)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductReview.objects.create(product=tea, line=review.line, score=1, name="Ai đó")


def test_points_below_1_and_above_5_are_refused_by_form_and_database(client: Client, tea: Product) -> None:
    order = delivered(tea)
    for wrong in ("0", "6", "-1", "năm", ""):
        assert client.post(address(order), answers(diem=wrong)).status_code == 200
    for wrong_number in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProductReview.objects.create(product=tea, line=line_of(order), score=wrong_number, name="Ai đó")


def test_ten_thousand_letters_are_refused_with_words_and_stay_in_the_form(
    client: Client, tea: Product
) -> None:
    long = "ngon " * 2000
    page = client.post(address(delivered(tea)), answers(noi_dung=long)).content.decode()
    assert "nhiều nhất 2000 chữ cái, bạn đang viết 10000" in page.replace("9999", "10000")
    assert long.strip() in page


def test_a_script_that_calls_itself_a_photo_is_refused_and_the_words_stay(
    client: Client, tea: Product
) -> None:
    evil = SimpleUploadedFile("ảnh đẹp.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    page = client.post(address(delivered(tea)), answers(anh=[evil])).content.decode()
    assert "Tệp này không phải ảnh JPEG, PNG hoặc WebP." in page
    assert SAID in page
    assert not ProductReview.objects.exists()


def test_photos_are_cleaned_and_shown_in_fixed_sizes_once_the_worker_made_them(
    client: Client, tea: Product, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.post(
        address(delivered(tea)), answers(anh=[picture_file(name="a.jpg"), picture_file(name="b.jpg")])
    )
    assert "sizes/reviews" not in text(client, tea.get_absolute_url())
    run_due()
    page = text(client, tea.get_absolute_url())
    assert page.count('.webp.400.webp" srcset') == 2
    assert not list(tmp_path.rglob("*.jpg.webp"))


def test_photos_of_a_hidden_review_leave_their_address(
    client: Client, tea: Product, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.post(address(delivered(tea)), answers(anh=[picture_file(name="a.jpg")]))
    run_due()
    review = ProductReview.objects.get()
    was = {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    review.reports.create(reason=Reason.PRIVATE, text="Số nhà tôi", reporter="a", origin="b")
    moderator = factories.user(is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        decide(review=review, hide=Reason.PRIVATE, why="Lộ số nhà", actor=moderator)
    run_due()
    now = {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    assert len(was) == len(now) == 6 and not was & now
    picture = review.photos.get().picture
    assert picture and (tmp_path / picture.url_400.removeprefix("/media/")).exists()


def test_more_than_five_photos_are_refused(client: Client, tea: Product) -> None:
    page = client.post(
        address(delivered(tea)), answers(anh=[picture_file(name=f"{n}.jpg") for n in range(6)])
    )
    assert "nhiều nhất 5 ảnh" in page.content.decode()
    assert not ProductReview.objects.exists()


def test_its_writer_changes_it_for_thirty_days(client: Client, tea: Product) -> None:
    order = delivered(tea)
    client.post(address(order), answers())
    written = ProductReview.objects.get()
    version = written.date_created.isoformat()
    assert f'value="{version}"' in client.get(address(order)).content.decode().replace("&#x27;", "'")
    client.post(address(order), answers(diem="2", noi_dung="Hộp sau ẩm.", ban=version))
    written.refresh_from_db()
    assert (written.score, written.body) == (2, "Hộp sau ẩm.")
    with clock.at(written.date_created + timedelta(days=31)):
        late = client.post(address(order), answers(ban=written.date_edited.isoformat()))  # type: ignore[union-attr]
    assert "Đã quá 30 ngày" in late.content.decode()


def test_the_products_points_follow_and_its_change_number_rises(tea: Product) -> None:
    before = ProductChange.objects.get(pk=tea.pk).number
    reviewed(tea, 5)
    first = ProductChange.objects.get(pk=tea.pk).number
    reviewed(tea, 2)
    tea.refresh_from_db()
    assert (tea.rating, tea.review_count) == (3.5, 2)
    assert ProductChange.objects.get(pk=tea.pk).number > first > before


def test_a_size_is_reviewed_with_its_product(client: Client) -> None:
    parent, (small, _) = factories.sized(title="Chè Shan")
    review = reviewed(small)
    assert (review.product, review.size) == (parent, "Gói 100 g")
    assert "Đã mua Gói 100 g" in text(client, parent.get_absolute_url())
