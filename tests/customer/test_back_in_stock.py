import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import CategoryFlag, Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.communication.models import Message
from marketplace.customer.limits import MOST_AN_HOUR
from marketplace.customer.models import ProductAlert
from marketplace.partner.models import StockRecord
from marketplace.partner.stock import give_back_stock
from marketplace.work.models import Job
from marketplace.work.queue import run_due
from tests import factories

pytestmark = pytest.mark.django_db
ASK = "/bao-co-hang/"
HOA = "hoa@example.vn"


@pytest.fixture(autouse=True)
def nobody_asked_lately() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh Phìn Hồ", stock=0)


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user(email=HOA)


def asks(client: Client, product: Product, **more: Any) -> Any:
    return client.post(ASK, {"san_pham": product.pk} | more, follow=True)


def page(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def comes_back(product: Product, pieces: int = 10) -> None:
    record = StockRecord.objects.get(product=product)
    record.num_in_stock = pieces
    record.save()


def waits(product: Product, number: int) -> list[User]:
    """So many accounts, one after the other."""
    people = [User.objects.create_user(email=f"khach-{each}@example.vn") for each in range(number)]
    for minute, person in enumerate(people):
        client = Client()
        client.force_login(person)
        with clock.at(clock.now() - timedelta(hours=2) + timedelta(minutes=minute)):
            asks(client, product)
    return people


def links(kind: str) -> list[str]:
    return [link for sent in mail.outbox for link in re.findall(rf"/bao-co-hang/{kind}/[^\s/]+/", sent.body)]


def told() -> list[Any]:
    """Whose notices were written, in their order."""
    return list(Message.objects.filter(kind="back_in_stock").order_by("pk").values_list("user_id", flat=True))


def test_an_account_waits_and_is_told_once_when_the_stock_is_back(
    client: Client, tea: Product, hoa: User
) -> None:
    client.force_login(hoa)
    assert "Báo tôi khi có hàng" in page(client.get(tea.get_absolute_url()))
    assert "Có hàng, chúng tôi báo bạn ngay." in page(asks(client, tea))
    assert "Bạn đang chờ món này." in page(client.get(tea.get_absolute_url()))
    run_due()
    assert mail.outbox == []
    comes_back(tea)
    run_due()
    comes_back(tea, 30)
    run_due()
    (sent,) = mail.outbox
    assert (sent.to, tea.get_absolute_url() in sent.body) == ([HOA], True)
    assert ProductAlert.objects.get().status == "Closed"


def test_a_guest_is_told_only_after_confirming(client: Client, tea: Product) -> None:
    asks(client, tea, email="Hoa@Example.vn")
    run_due()
    (confirm,) = links("xac-nhan")
    comes_back(tea)
    run_due()
    assert not Message.objects.filter(kind="back_in_stock").exists()
    comes_back(tea, 0)
    client.get(confirm)
    assert ProductAlert.objects.get().status == "Unconfirmed"
    assert "Đã xác nhận." in page(client.post(confirm))
    comes_back(tea)
    run_due()
    run_due()  # what the work of a run posts goes out with the next
    assert [sent.to for sent in mail.outbox] == [[HOA], [HOA]]


def test_the_answer_to_guests_is_the_same_whoever_waits_already(client: Client, tea: Product) -> None:
    first = page(asks(client, tea, email=HOA))
    ProductAlert.objects.update(status="Active", date_confirmed=clock.now())
    again = page(asks(client, tea, email=HOA))
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert hidden.sub("", first) == hidden.sub("", again)
    assert ProductAlert.objects.count() == 1
    assert Message.objects.count() == 1


def test_an_address_is_asked_to_confirm_once_a_day(client: Client, tea: Product) -> None:
    for _ in range(3):
        asks(client, tea, email=HOA)
    assert Message.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=1)):
        asks(client, tea, email=HOA)
    assert Message.objects.count() == 2


def test_one_place_asks_twenty_times_an_hour(client: Client, tea: Product) -> None:
    for number in range(MOST_AN_HOUR):
        asks(client, tea, email=f"a{number}@example.vn")
    assert "Một giờ nữa bạn thử lại" in page(asks(client, tea, email="het@example.vn"))
    assert ProductAlert.objects.count() == MOST_AN_HOUR


def test_the_hour_is_kept_by_the_shared_cache_too(client: Client, tea: Product, settings: Any) -> None:
    shared = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
    settings.CACHES = settings.CACHES | {"default": shared | {"TIMEOUT": 0}}  # nothing stays by itself
    call_command("createcachetable")
    for number in range(MOST_AN_HOUR + 1):
        asks(client, tea, email=f"a{number}@example.vn")
    assert ProductAlert.objects.count() == MOST_AN_HOUR


def test_the_link_of_the_mail_takes_it_back_without_signing_in(client: Client, tea: Product) -> None:
    asks(client, tea, email=HOA)
    run_due()
    (cancel,) = links("bo")
    stranger = Client()
    stranger.get(cancel)
    assert ProductAlert.objects.get().status == "Unconfirmed"
    assert "Bạn sẽ không được báo về món này nữa." in page(stranger.post(cancel))
    alert = ProductAlert.objects.get()
    assert (alert.status, alert.email) == ("Cancelled", "")


def test_links_cannot_be_guessed_and_do_not_serve_for_another_purpose(client: Client, tea: Product) -> None:
    asks(client, tea, email=HOA)
    run_due()
    (cancel,) = links("bo")
    for wrong in (
        cancel.replace("/bo/", "/xac-nhan/"),
        "/bao-co-hang/xac-nhan/1/",
        "/bao-co-hang/bo/MQ:1vO:xx/",
    ):
        answer = client.post(wrong)
        assert (answer.status_code, "không đúng hoặc đã quá hạn" in page(answer)) == (404, True)
    assert ProductAlert.objects.get().status == "Unconfirmed"


def test_first_come_first_told_and_two_for_a_piece(tea: Product) -> None:
    people = waits(tea, 7)
    comes_back(tea, 2)
    run_due()
    assert told() == [person.pk for person in people[:4]]
    comes_back(tea, 1)
    run_due()
    assert len(told()) == 4
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        run_due()
    assert told() == [person.pk for person in people[:6]]


def test_stock_that_a_cancelled_order_gives_back_counts_too(client: Client, tea: Product, hoa: User) -> None:
    record = StockRecord.objects.get(product=tea)
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=3, num_allocated=3)
    client.force_login(hoa)
    asks(client, tea)
    give_back_stock(quantities={record.pk: 1})
    run_due()
    assert told() == [hoa.pk]


def test_one_waits_for_the_size_that_is_sold_out(client: Client, hoa: User) -> None:
    parent, (small, large) = factories.sized(("Gói 100 g", 90_000, 0), ("Gói 500 g", 400_000, 5))
    client.force_login(hoa)
    assert f'name="san_pham" value="{small.pk}"' in page(client.get(parent.get_absolute_url()))
    assert "đang có hàng, hoặc không còn bán" in page(asks(client, large))
    asks(client, small)
    comes_back(large, 50)
    run_due()
    assert told() == []
    comes_back(small, 1)
    run_due()
    assert told() == [hoa.pk]


def test_nobody_waits_for_alcohol_nor_hears_of_what_became_alcohol(
    client: Client, tea: Product, hoa: User
) -> None:
    alcohol = factories.category("Rượu", flags=(CategoryFlag.ALCOHOL,))
    wine = factories.product("Rượu ngô", stock=0, sets=(alcohol,))
    client.force_login(hoa)
    assert "đang có hàng, hoặc không còn bán" in page(asks(client, wine))
    asks(client, tea)
    tea.categories.add(alcohol)
    comes_back(tea)
    run_due()
    assert told() == []


@pytest.mark.parametrize("wrong", ["", "x", "-1", "0", "999999", "9" * 40])
def test_nonsense_is_answered_with_words(client: Client, wrong: str) -> None:
    answer = client.post(ASK, {"san_pham": wrong, "email": HOA})
    assert (answer.status_code, "đang có hàng, hoặc không còn bán" in page(answer)) == (200, True)


def test_a_wrong_address_is_refused_and_kept_in_the_form(client: Client, tea: Product) -> None:
    shown = page(asks(client, tea, email="hoa@"))
    assert "Địa chỉ email chưa đúng" in shown
    assert 'value="hoa@"' in shown


def test_the_account_lists_what_it_waits_for_and_nobody_else_takes_it_back(
    client: Client, tea: Product, hoa: User
) -> None:
    client.force_login(hoa)
    asks(client, tea)
    assert tea.title in page(client.get(reverse("customer:alerts")))
    where = reverse("customer:alert_cancel_own", kwargs={"pk": ProductAlert.objects.get().pk})
    stranger = Client()
    stranger.force_login(User.objects.create_user(email="la@example.vn"))
    assert stranger.post(where).status_code == 404
    assert ProductAlert.objects.get().status == "Active"
    assert "Bạn chưa chờ món nào" in page(client.post(where, follow=True))


def test_an_account_that_names_an_address_does_not_get_its_notices(client: Client, tea: Product) -> None:
    asks(client, tea, email=HOA)
    ProductAlert.objects.update(status="Active", date_confirmed=clock.now())
    User.objects.create_user(email=HOA)
    alert = ProductAlert.objects.get()
    assert (alert.user, alert.email) == (None, HOA)


def test_the_database_keeps_one_open_alert_a_person(client: Client, tea: Product, hoa: User) -> None:
    client.force_login(hoa)
    asks(client, tea)
    asks(client, tea)
    assert ProductAlert.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductAlert.objects.create(product=tea, user=hoa, status="Active", date_confirmed=clock.now())


def test_addresses_that_were_never_confirmed_are_forgotten(client: Client, tea: Product) -> None:
    asks(client, tea, email=HOA)
    with clock.at(clock.now() + timedelta(days=8)):
        run_due()
    assert not ProductAlert.objects.exists()


def test_changes_of_what_nobody_waits_for_make_no_work(tea: Product) -> None:
    comes_back(tea)
    assert not Job.objects.filter(kind="customer.back_in_stock").exists()
