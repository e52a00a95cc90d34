"""Staff's screens of reviews and questions."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from catalogue.models import Product
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.questions.asking import ask
from marketplace.questions.models import Question, State
from marketplace.reviews.models import ProductReview, ReviewReply
from marketplace.reviews.reasons import Reason
from tests import factories
from tests.cms.reading import page
from tests.reviews.delivering import reviewed

pytestmark = pytest.mark.django_db
RIGHTS = ["moderate_productreview", "answer_productreview", "moderate_question", "answer_question"]


def may(client: Any, *rights: str) -> Any:
    """The editor, with these rights besides."""
    person = User.objects.get(pk=client.session["_auth_user_id"])
    person.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return client


@pytest.fixture
def desk(editor: Any) -> Any:
    return may(editor, *RIGHTS)


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ")


@pytest.fixture
def review(tea: Product) -> ProductReview:
    return reviewed(tea, 2, "=HYPERLINK hộp sau bị ẩm")


@pytest.fixture
def question(tea: Product) -> Question:
    asker = User.objects.create_user(email="hoa@cho.example", first_name="Nguyễn Thị Hoa")
    return ask(product=tea, user=asker, text="Trà này pha nước bao nhiêu độ ạ?", language="vi")


def reported(review: Any) -> None:
    review.reports.create(reason=Reason.INSULT, text="Nói quá", reporter="a", origin="b")


def does(client: Any, target: Any, name: str, **said: str) -> Any:
    kind = "desk_review" if isinstance(target, ProductReview) else "desk_question"
    return client.post(reverse(f"{kind}_act", args=[target.pk, name]), said)


def test_the_list_shows_what_waits_and_can_be_searched_and_narrowed(desk: Any, review: ProductReview) -> None:
    other = reviewed(factories.product("Mật ong bạc hà"), 5, "Rất thơm")
    reported(review)
    where = reverse("desk_reviews_results")
    assert "bị ẩm" in page(desk, where) and "Rất thơm" in page(desk, where)
    for narrowed in ({"waits": "reports"}, {"q": "Trà xanh"}, {"score": "2"}):
        html = desk.get(where, narrowed).content.decode()
        assert ("bị ẩm" in html, "Rất thơm" in html) == (True, False), narrowed
    assert other.body in desk.get(where, {"waits": "reply"}).content.decode()
    assert desk.get(where, {"waits": "x", "score": "x"}).status_code == 200


def test_what_buyers_write_is_no_formula_in_a_spreadsheet(desk: Any, review: ProductReview) -> None:
    answer = desk.get(reverse("desk_reviews"), {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows(min_row=2) for cell in row]
    (body,) = [cell for cell in cells if "bị ẩm" in str(cell.value)]
    assert (body.data_type, body.value) == ("s", "'=HYPERLINK hộp sau bị ẩm")


def test_a_reported_review_is_hidden_with_a_reason_and_shown_again(desk: Any, review: ProductReview) -> None:
    assert "quyet-dinh" not in page(desk, reverse("desk_review", args=[review.pk]))
    reported(review)
    html = page(desk, reverse("desk_review", args=[review.pk]))
    assert "Nói quá" in html and "quyet-dinh" in html
    does(desk, review, "quyet-dinh", decision="", why="")
    does(desk, review, "quyet-dinh", decision="insult", why="")
    review.refresh_from_db()
    assert not review.is_hidden
    does(desk, review, "quyet-dinh", decision="insult", why="Lời thô tục")
    review.refresh_from_db()
    assert (review.is_hidden, review.hidden_reason) == (True, "insult")
    assert "Lời thô tục" in page(desk, reverse("desk_review", args=[review.pk]))
    does(desk, review, "hien-lai", why="Nhầm")
    review.refresh_from_db()
    assert not review.is_hidden


def test_staff_answer_reviews_and_questions_for_the_producer(
    desk: Any, review: ProductReview, question: Question
) -> None:
    does(desk, review, "tra-loi", text="Chúng tôi xin đổi hộp mới.")
    does(desk, question, "tra-loi", text="Khoảng 85 độ ạ.")
    question.refresh_from_db()
    assert ReviewReply.objects.get().text == "Chúng tôi xin đổi hộp mới."
    assert question.state == State.ANSWERED
    assert set(Entry.objects.values_list("action", flat=True)) >= {"review.reply", "question.answer"}
    html = page(desk, reverse("desk_question", args=[question.pk]))
    assert "Khoảng 85 độ ạ." in html
    assert "question.answer" not in html and "<span>Trả lời <span" in html


def test_a_second_answer_is_refused_with_words(desk: Any, review: ProductReview) -> None:
    does(desk, review, "tra-loi", text="Một")
    where = does(desk, review, "tra-loi", text="Hai").url
    assert "Đánh giá này đã có trả lời." in page(desk, where)
    assert ReviewReply.objects.get().text == "Một"


def test_a_question_is_declined_for_a_reason(desk: Any, question: Question) -> None:
    assert question.text in page(desk, reverse("desk_questions"))
    does(desk, question, "tu-choi", reason="negative")
    does(desk, question, "tu-choi", reason="fake")  # is for reviews
    question.refresh_from_db()
    assert question.state == State.WAITING
    does(desk, question, "tu-choi", reason="off_topic")
    question.refresh_from_db()
    assert question.state == State.DECLINED


@pytest.mark.parametrize("name", ["quyet-dinh", "hien-lai", "tra-loi", "khong-co"])
def test_each_act_needs_its_right_and_a_post(editor: Any, review: ProductReview, name: str) -> None:
    reported(review)
    said = {"decision": "insult", "why": "x", "text": "x"}
    other = {"tra-loi": "moderate_productreview"}.get(name, "answer_productreview")
    assert does(may(editor, other), review, name, **said).status_code in (302, 404)
    assert may(editor, *RIGHTS).get(reverse("desk_review_act", args=[review.pk, name])).status_code == 405
    review.refresh_from_db()
    assert not review.is_hidden
    assert not ReviewReply.objects.exists()


@pytest.mark.parametrize(
    "name", ["desk_reviews", "desk_reviews_results", "desk_questions", "desk_questions_results"]
)
def test_lists_are_closed_to_strangers_and_to_staff_without_a_right(editor: Any, name: str) -> None:
    assert Client().get(reverse(name)).status_code == 302
    assert editor.get(reverse(name)).url == reverse("wagtailadmin_home")
    assert reverse("desk_reviews") not in page(editor, reverse("wagtailadmin_home"))
