"""What reviews, questions and notices know of a person, and what is left when the account goes."""

import pytest

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.accounts.privacy import Person, sections
from marketplace.customer.models import ProductAlert
from marketplace.customer.waiting import wait_as_account, wait_as_guest
from marketplace.questions.answering import answer
from marketplace.questions.asking import ask
from marketplace.questions.models import Question
from marketplace.reviews.models import ProductReview
from marketplace.reviews.writing import write_review
from tests import factories
from tests.reviews.delivering import delivered, line_of

pytestmark = pytest.mark.django_db
OURS = ("reviews", "questions", "alerts")


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user(email="hoa@example.vn", first_name="Nguyễn Thị Hoa")


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ")


@pytest.fixture(autouse=True)
def what_she_said(hoa: User, tea: Product) -> None:
    write_review(line=line_of(delivered(tea, user=hoa)), score=4, body="Thơm")
    boss = User.objects.create_superuser("chu@example.vn")
    answered = ask(product=tea, user=hoa, text="Pha nước bao nhiêu độ ạ?", language="vi")
    answer(question=answered, text="85 độ ạ.", actor=boss)
    ask(product=tea, user=hoa, text="Có gói nhỏ hơn không ạ?", language="vi")
    wait_as_account(product=tea, user=hoa, language="vi")
    wait_as_guest(product=tea, email="HOA@example.vn", language="vi")
    wait_as_guest(product=tea, email="la@example.vn", language="vi")


def person(hoa: User) -> Person:
    return Person(user_id=hoa.pk, email=hoa.email or "", phone="", emails=("hoa@example.vn",))


def test_an_export_holds_what_she_said_and_waits_for(hoa: User) -> None:
    parts = {section.name: section.export(person(hoa)) for section in sections() if section.name in OURS}
    assert [row["body"] for row in parts["reviews"]] == ["Thơm"]
    assert len(parts["questions"]) == 2
    assert len(parts["alerts"]) == 2


def test_what_others_read_stays_without_name_and_the_rest_goes(hoa: User) -> None:
    for section in sections():
        if section.name in OURS and section.erase:
            section.erase(person(hoa), clock.now())
    review, question = ProductReview.objects.get(), Question.objects.get()
    assert (review.user, review.name, review.score) == (None, "Người mua", 4)
    assert (question.user, question.name) == (None, "Người mua")
    assert [alert.email for alert in ProductAlert.objects.all()] == ["la@example.vn"]
