from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import CategoryFlag, Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.communication.models import Message
from marketplace.questions.answering import CannotAnswer, answer, decide, decline, show_again
from marketplace.questions.asking import CannotAsk, ask
from marketplace.questions.models import Question, QuestionReport, State
from marketplace.reviews.moderation import CannotDecide
from marketplace.reviews.reasons import Reason
from marketplace.work.queue import run_due
from producers.models import Membership
from producers.models.membership import Role
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "Trà này pha nước bao nhiêu độ thì ngon ạ?"
REPLY = "Khoảng 85 độ, ủ hai phút ạ."


def person(name: str, *rights: str) -> User:
    made = User.objects.create_user(email=f"{name}@cho.example", first_name="Nguyễn Thị Hoa")
    made.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return made


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ", by=factories.producer("HTX Phìn Hồ"))


@pytest.fixture
def asker() -> User:
    return person("hoa")


@pytest.fixture
def staff() -> User:
    return person("nhan-vien", "answer_question", "moderate_question")


@pytest.fixture
def question(tea: Product, asker: User) -> Question:
    return ask(product=tea, user=asker, text=WORDS, language="vi")


def page(client: Client, product: Product) -> str:
    return " ".join(client.get(product.get_absolute_url()).content.decode().split())


def where(product: Product) -> str:
    return reverse("questions:ask", kwargs={"pk": product.pk})


def test_somebody_asks_and_both_are_public_once_it_is_answered(
    client: Client, tea: Product, asker: User, staff: User
) -> None:
    client.force_login(asker)
    assert "Bạn đăng nhập để hỏi" not in page(client, tea)
    told = client.post(where(tea), {"cau_hoi": WORDS}, follow=True)
    assert "Đã gửi câu hỏi." in told.content.decode()
    assert told.redirect_chain == [(tea.get_absolute_url(), 302)]  # to the top, where the message stands
    assert WORDS not in page(client, tea)
    answer(question=Question.objects.get(), text=REPLY, actor=staff)
    shown = page(client, tea)
    assert WORDS in shown
    assert REPLY in shown
    assert "Nguyễn T. H. hỏi ngày" in shown
    assert "HTX Phìn Hồ trả lời ngày" in shown


def test_a_guest_signs_in_first_and_comes_back(client: Client, tea: Product) -> None:
    assert where(tea) in page(client, tea)
    assert "Bạn đăng nhập để hỏi" in page(client, tea)
    assert client.get(where(tea)).url.endswith(f"?next={where(tea)}")  # type: ignore[attr-defined]
    client.post(where(tea), {"cau_hoi": WORDS})
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["Gọi tôi 0912 345 678 nhé", "Gọi 09.12.34.56.78 nhé", "Viết cho hoa@example.vn nhé", "Xem https://a.example",
     "Mua ở www.cho-khac.vn không", "Có trên chokhac.com không ạ", "Ngắn", "a" * 501, "dài " * 2500],
)  # fmt: skip
def test_links_contacts_and_lengths_are_refused_and_the_words_stay(
    client: Client, tea: Product, asker: User, text: str
) -> None:
    client.force_login(asker)
    shown = client.post(where(tea), {"cau_hoi": text})
    assert shown.status_code == 200
    assert text.strip() in shown.content.decode()
    assert not Question.objects.exists()


def test_prices_and_amounts_are_no_phone_numbers(tea: Product, asker: User) -> None:
    ask(product=tea, user=asker, text="Hộp 500 g giá 185.000 đồng còn hạn đến 2027 không?", language="vi")


def test_five_questions_a_day(tea: Product, asker: User) -> None:
    moment = clock.now()
    with clock.at(moment):
        for number in range(5):
            ask(product=tea, user=asker, text=f"{WORDS} {number}", language="vi")
        with pytest.raises(CannotAsk):
            ask(product=tea, user=asker, text=WORDS, language="vi")
    with clock.at(moment + timedelta(days=1, seconds=1)):
        ask(product=tea, user=asker, text=WORDS, language="vi")


def test_the_same_question_waits_once(tea: Product, question: Question, asker: User) -> None:
    with pytest.raises(CannotAsk):
        ask(product=tea, user=asker, text=f"  {WORDS} ", language="vi")


def test_alcohol_asks_for_the_age_first(client: Client, asker: User) -> None:
    wine = factories.product("Rượu ngô", sets=(factories.category("Rượu", flags=(CategoryFlag.ALCOHOL,)),))
    client.force_login(asker)
    assert client.post(where(wine), {"cau_hoi": WORDS}).url == wine.get_absolute_url()  # type: ignore[attr-defined]
    assert not Question.objects.exists()


def test_it_is_recorded_who_answered_for_whom_and_mended(
    tea: Product, question: Question, staff: User
) -> None:
    owner = person("chu")
    Membership.objects.create(producer=tea.producer, user=owner, role=Role.OWNER)
    answer(question=question, text="Khoảng 85 độ.", actor=staff)
    answer(question=question, text=REPLY, actor=owner)
    first, second = Entry.objects.filter(action="question.answer").order_by("pk")
    assert (first.actor, first.acting_for) == (staff, owner)
    assert (second.actor, second.acting_for) == (owner, None)
    assert (second.before["answer"], second.after["answer"]) == ("Khoảng 85 độ.", REPLY)


def test_the_asker_is_told_once_of_the_answer(question: Question, asker: User, staff: User) -> None:
    answer(question=question, text="Khoảng 85 độ.", actor=staff)
    answer(question=question, text=REPLY, actor=staff)
    message = Message.objects.get()
    assert (message.kind, message.to, message.user_id) == ("question_answered", asker.email, asker.pk)
    run_due()
    (sent,) = mail.outbox
    assert REPLY in sent.body
    assert WORDS in sent.body
    assert "Phìn Hồ" not in sent.subject


def test_the_asker_is_told_why_there_will_be_no_answer(question: Question, staff: User) -> None:
    decline(question=question, reason=Reason.OFF_TOPIC, actor=staff)
    run_due()
    (sent,) = mail.outbox
    assert "Lý do: không nói về sản phẩm này." in sent.body


def test_strangers_and_the_asker_answer_nothing(question: Question, asker: User) -> None:
    for actor in (asker, person("la"), person("cu", "moderate_question")):
        with pytest.raises(PermissionDenied):
            answer(question=question, text=REPLY, actor=actor)


def test_a_declined_question_is_never_public_and_needs_a_reason(
    client: Client, tea: Product, question: Question, staff: User
) -> None:
    decline(question=question, reason=Reason.OFF_TOPIC, actor=staff)
    assert WORDS not in page(client, tea)
    with pytest.raises(CannotAnswer):
        answer(question=question, text=REPLY, actor=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(reason="")


def test_a_question_cannot_be_public_without_an_answer(question: Question) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(state=State.ANSWERED)


def test_readers_report_and_moderators_hide_and_show_again(
    client: Client, tea: Product, question: Question, staff: User
) -> None:
    answer(question=question, text=REPLY, actor=staff)
    with pytest.raises(CannotDecide):
        decide(question=question, hide=Reason.ADVERT, why="", actor=staff)
    said = {"ly_do": "advert", "giai_thich": "Quảng cáo"}
    where_to = reverse("questions:report", kwargs={"pk": question.pk})
    assert 'value="fake"' not in client.get(where_to).content.decode()
    client.post(where_to, said)
    decide(question=question, hide=Reason.ADVERT, why="Đúng là quảng cáo", actor=staff)
    assert WORDS not in page(client, tea)
    assert QuestionReport.objects.get().decision == "hidden"
    show_again(question=question, why="Nhầm", actor=staff)
    assert WORDS in page(client, tea)


def test_nobody_reports_what_is_not_public(client: Client, question: Question) -> None:
    assert client.get(reverse("questions:report", kwargs={"pk": question.pk})).status_code == 404


def test_questions_come_in_pages(client: Client, tea: Product, asker: User, staff: User) -> None:
    for number in range(7):
        with clock.at(clock.now() + timedelta(days=number)):
            asked: Any = ask(product=tea, user=asker, text=f"Câu hỏi số {number} ạ", language="vi")
            answer(question=asked, text=REPLY, actor=staff)
    first = page(client, tea)
    second = " ".join(client.get(tea.get_absolute_url(), {"trang_hoi": "2"}).content.decode().split())
    assert ("Câu hỏi số 6" in first, "Câu hỏi số 1 " in first) == (True, False)
    assert ("Câu hỏi số 6" in second, "Câu hỏi số 1 " in second) == (False, True)
    for wrong in ("0", "-1", "x", "9" * 30):
        assert client.get(tea.get_absolute_url(), {"trang_hoi": wrong}).status_code == 200
