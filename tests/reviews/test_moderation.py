from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.reviews.models import ProductReview, ReviewReport
from marketplace.reviews.moderation import CannotDecide, decide, show_again
from marketplace.reviews.reasons import Reason
from marketplace.reviews.replying import CannotReply, reply
from producers.models import Membership
from producers.models.membership import Role
from tests import factories
from tests.reviews.delivering import reviewed

pytestmark = pytest.mark.django_db
BAD = "Nhà sản xuất này lừa đảo, gọi ông Bảy mà hỏi."


def person(name: str, *rights: str) -> User:
    """With rights of reviews."""
    made = User.objects.create_user(email=f"{name}@cho.example")
    made.user_permissions.set(
        Permission.objects.filter(codename__in=[f"{right}_productreview" for right in rights])
    )
    return made


def member(product: Product, name: str = "chu", *rights: str) -> User:
    made = person(name, *rights)
    Membership.objects.create(producer=product.producer, user=made, role=Role.OWNER)
    return made


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ")


@pytest.fixture
def review(tea: Product) -> ProductReview:
    return reviewed(tea, 1, BAD)


@pytest.fixture
def moderator() -> User:
    return person("kiem-duyet", "moderate")


def sends_report(client: Client, review: ProductReview, **said: str) -> Any:
    where = reverse("reviews:report", kwargs={"pk": review.pk})
    return client.post(where, {"ly_do": "private", "giai_thich": ""} | said)


def page(client: Client, product: Product) -> str:
    return " ".join(client.get(product.get_absolute_url()).content.decode().split())


def test_a_reader_without_account_reports_and_moderators_hide_words_but_not_points(
    client: Client, tea: Product, review: ProductReview, moderator: User
) -> None:
    assert sends_report(client, review).url == tea.get_absolute_url()
    decide(review=review, hide=Reason.PRIVATE, why="Có tên người", actor=moderator)
    shown = page(client, tea)
    assert BAD not in shown
    assert "đã ẩn lời đánh giá này vì: lộ thông tin riêng của người khác. Điểm vẫn được tính." in shown
    tea.refresh_from_db()
    assert (tea.rating, tea.review_count) == (1.0, 1)
    assert ProductReview.objects.get().body == BAD
    entry = Entry.objects.get(action="review.hidden")
    assert (entry.actor, entry.after["why"]) == (moderator, "Có tên người")


def test_the_points_of_what_is_no_real_experience_do_not_count(
    client: Client, tea: Product, review: ProductReview, moderator: User
) -> None:
    sends_report(client, review, ly_do="fake")
    decide(review=review, hide=Reason.FAKE, why="Tự mua tự chấm", actor=moderator)
    tea.refresh_from_db()
    assert (tea.rating, tea.review_count) == (None, 0)
    assert "Điểm không được tính." in page(client, tea)
    show_again(review=review, why="Nhầm", actor=moderator)
    tea.refresh_from_db()
    assert (tea.rating, tea.review_count) == (1.0, 1)
    assert BAD in page(client, tea)


def test_nothing_is_decided_without_a_report(review: ProductReview, moderator: User) -> None:
    with pytest.raises(CannotDecide):
        decide(review=review, hide=Reason.INSULT, why="", actor=moderator)
    review.refresh_from_db()
    assert not review.is_hidden


def test_a_report_that_is_answered_with_keeping_leaves_the_review_as_it_is(
    client: Client, review: ProductReview, moderator: User
) -> None:
    sends_report(client, review, ly_do="off_topic")
    decide(review=review, hide=None, why="Nói về trà", actor=moderator)
    review.refresh_from_db()
    assert not review.is_hidden
    assert ReviewReport.objects.get().decision == "kept"
    with pytest.raises(CannotDecide):
        decide(review=review, hide=Reason.INSULT, why="", actor=moderator)


@pytest.mark.parametrize("who", ["stranger", "member", "member with the right", "answering staff"])
def test_nobody_else_hides_a_review_least_of_all_the_seller(
    client: Client, tea: Product, review: ProductReview, who: str
) -> None:
    people = {
        "stranger": lambda: person("la"),
        "member": lambda: member(tea),
        "member with the right": lambda: member(tea, "chu", "moderate"),
        "answering staff": lambda: person("tra-loi", "answer"),
    }
    sends_report(client, review)
    with pytest.raises(PermissionDenied):
        decide(review=review, hide=Reason.INSULT, why="", actor=people[who]())
    review.refresh_from_db()
    assert not review.is_hidden


def test_the_database_knows_no_hidden_review_without_a_reason(review: ProductReview) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductReview.objects.update(status=ProductReview.REJECTED)


def test_a_reader_reports_a_review_once_and_five_an_hour(client: Client, tea: Product) -> None:
    reviews = [reviewed(tea) for _ in range(7)]
    moment = clock.now()
    with clock.at(moment):
        assert [sends_report(client, each).status_code for each in (reviews[0], *reviews[:5])] == [302] * 6
        assert ReviewReport.objects.count() == 5
        assert "Bạn vừa báo nhiều lần." in sends_report(client, reviews[5]).content.decode()
        assert sends_report(Client(), reviews[5]).status_code == 302
    with clock.at(moment + timedelta(hours=2)):
        assert sends_report(client, reviews[6]).status_code == 302


def test_a_report_needs_a_reason_of_the_list(client: Client, review: ProductReview) -> None:
    for wrong in ("", "negative", "x" * 99):
        assert sends_report(client, review, ly_do=wrong).status_code == 200
    assert not ReviewReport.objects.exists()


def test_staff_answer_once_for_the_producer_and_it_is_recorded_for_whom(
    client: Client, tea: Product, review: ProductReview
) -> None:
    owner, staff = member(tea), person("nhan-vien", "answer")
    reply(review=review, text="Chúng tôi xin lỗi bạn.", actor=staff)
    assert "Chúng tôi xin lỗi bạn." in page(client, tea)
    entry = Entry.objects.get(action="review.reply")
    assert (entry.actor, entry.acting_for, entry.after["producer"]) == (staff, owner, tea.producer_id)
    with pytest.raises(CannotReply):
        reply(review=review, text="Thêm nữa", actor=owner)


def test_a_stranger_does_not_answer(review: ProductReview) -> None:
    with pytest.raises(PermissionDenied):
        reply(review=review, text="Tôi là nhà sản xuất", actor=person("la"))


def test_readers_who_are_signed_in_find_it_helpful_once(client: Client, review: ProductReview) -> None:
    where = reverse("reviews:helpful", kwargs={"pk": review.pk})
    assert client.post(where).status_code == 302
    review.refresh_from_db()
    assert review.delta_votes == 0
    for reader, counted in (("a", 1), ("b", 2), ("b", 1), ("b", 2)):
        client.force_login(User.objects.get_or_create(email=f"{reader}@cho.example")[0])
        client.post(where)
        review.refresh_from_db()
        assert review.delta_votes == counted
