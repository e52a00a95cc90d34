"""Refunds by transfer: the buyer says where to, staff make them, and above a sum two people do."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.privacy import sections
from marketplace.accounts.privacy.person import person_of
from marketplace.communication.models import Message
from marketplace.order.models import Order, ParcelState, Role
from marketplace.order.parcels import By
from marketplace.order.privacy import forget_persons
from marketplace.payment import transfers
from marketplace.payment.models import Refund, RefundAccount, RefundReason
from marketplace.payment.privacy import forget_what_was_kept_longer
from marketplace.payment.refund_states import CannotMove
from marketplace.payment.refunding import refund as give
from marketplace.payment.sums import Back
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.payment.giving import gone, grants, paid, settled, sums

pytestmark = pytest.mark.django_db
ACCOUNT = {"ngan_hang": "970436", "so_tai_khoan": "0123 456 789 01", "chu_tai_khoan": " Nguyễn  Thị Hoài "}


@pytest.fixture
def order() -> Order:
    found = paid((factories.product(price=100_000, stock=9), 2))
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


@pytest.fixture
def refund(order: Order) -> Refund:
    return grants(order, RefundReason.GOODWILL, amount=Decimal(50_000))[0]


def address(order: Order) -> str:
    return reverse("payment:refund_account", kwargs={"token": order.token})


def given(client: Client, order: Order, **changes: str) -> Any:
    return client.post(address(order), ACCOUNT | changes)


def text(client: Client, order: Order) -> str:
    return " ".join(client.get(order.get_absolute_url()).content.decode().split())


def someone() -> By:
    return By(Role.STAFF, factories.user())


def made(refund: Refund, by: By, reference: str = "FT123") -> Refund:
    return transfers.confirm(refund_id=refund.pk, reference=reference, by=by, moment=clock.now())


def prepared(refund: Refund, by: By) -> Refund:
    return transfers.prepare(refund_id=refund.pk, by=by, moment=clock.now())


def test_the_buyer_is_asked_where_to_and_hears_that_it_was_noted(
    client: Client, order: Order, refund: Refund
) -> None:
    assert address(order) in client.get(order.get_absolute_url()).content.decode()
    assert given(client, order).url == order.get_absolute_url()
    account = RefundAccount.objects.get()
    assert (account.bank, account.number, account.holder) == ("970436", "012345678901", "NGUYỄN THỊ HOÀI")
    given(client, order)
    assert Message.objects.filter(kind="refund_account").count() == 1
    given(client, order, so_tai_khoan="98765432")
    assert Message.objects.filter(kind="refund_account").count() == 2


def test_whoever_has_the_link_never_reads_the_number(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    for where in (order.get_absolute_url(), address(order)):
        page = client.get(where).content.decode()
        assert "số cuối 8901" in page
        assert "012345678901" not in page and "NGUYỄN THỊ HOÀI" not in page
    answer = given(client, order, so_tai_khoan="x")
    assert "012345678901" not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ngan_hang", "000000"),
        ("ngan_hang", ""),
        ("so_tai_khoan", ""),
        ("so_tai_khoan", "12345"),
        ("so_tai_khoan", "1" * 20),
        ("so_tai_khoan", "12345678; DROP"),
        ("chu_tai_khoan", ""),
        ("chu_tai_khoan", "a" * 71),
        ("chu_tai_khoan", "<b>x</b>"),
        ("chu_tai_khoan", "123456"),
    ],
)
def test_what_is_no_account_is_refused_at_its_field(
    client: Client, order: Order, refund: Refund, field: str, value: str
) -> None:
    answer = given(client, order, **{field: value})
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert not RefundAccount.objects.exists()


def test_the_account_is_asked_for_on_top_until_it_is_known(
    client: Client, order: Order, refund: Refund
) -> None:
    asked = "Bạn cho biết tài khoản nhận tiền"
    page = text(client, order)
    assert asked in page and page.index(asked) < page.index("HTX")
    given(client, order)
    assert asked not in text(client, order) and "Đổi tài khoản nhận tiền" in text(client, order)


def test_without_a_transfer_due_no_account_is_asked_for(client: Client, order: Order) -> None:
    assert address(order) not in client.get(order.get_absolute_url()).content.decode()
    assert client.get(address(order)).url == order.get_absolute_url()
    given(client, order)
    assert not RefundAccount.objects.exists()


def test_while_it_is_being_made_the_account_stays(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 10_000
    given(client, order)
    prepared(refund, someone())
    assert refund.changes.order_by("pk").last().note == "Vietcombank …8901"  # type: ignore[union-attr]
    given(client, order, so_tai_khoan="98765432")
    assert RefundAccount.objects.get().number == "012345678901"
    assert address(order) not in client.get(order.get_absolute_url()).content.decode()


def test_while_one_is_being_made_another_that_is_due_changes_no_account(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 0
    given(client, order)
    prepared(refund, someone())
    grants(order, RefundReason.GOODWILL, amount=Decimal(1_000), key="khác")
    given(client, order, so_tai_khoan="98765432")
    assert RefundAccount.objects.get().number == "012345678901"


def test_one_person_makes_a_small_one(client: Client, order: Order, refund: Refund) -> None:
    with pytest.raises(CannotMove, match="chưa cho biết"):
        made(refund, someone())
    given(client, order)
    with pytest.raises(CannotMove, match="mã giao dịch"):
        made(refund, someone(), reference=" ")
    done = made(refund, someone())
    assert (done.status, done.reference) == ("succeeded", "FT123")
    assert settled(order) and sums(order).back == Back.PARTLY
    with pytest.raises(CannotMove):
        made(refund, someone(), reference="FT124")
    assert "Đã trả lại" in text(client, order) and "đã trả lại một phần" in text(client, order)


def test_a_large_one_takes_two(client: Client, order: Order, refund: Refund, settings: Any) -> None:
    settings.REFUND_FOUR_EYES = 49_999
    given(client, order)
    first, second = someone(), someone()
    with pytest.raises(CannotMove, match="hai người"):
        made(refund, first)
    prepared(refund, first)
    with pytest.raises(CannotMove, match="người khác"):
        made(refund, first)
    with pytest.raises(IntegrityError, match="refund_by_two_people"), transaction.atomic():
        Refund.objects.update(confirmed_by=first.user)
    done = made(refund, second)
    assert (done.prepared_by, done.confirmed_by) == (first.user, second.user)


def test_many_small_ones_of_an_order_take_two_like_a_large_one(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 60_000
    given(client, order)
    made(refund, someone())
    other = grants(order, RefundReason.GOODWILL, amount=Decimal(20_000), key="khác")[0]
    with pytest.raises(CannotMove, match="hai người"):
        made(other, someone(), reference="FT124")
    prepared(other, someone())
    assert made(other, someone(), reference="FT124").status == "succeeded"


def test_nobody_says_alone_that_a_transfer_came_back_and_makes_it_again(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 60_000
    given(client, order)
    one = someone()
    made(refund, one)
    transfers.fail(refund_id=refund.pk, by=one, moment=clock.now(), note="Quay về")
    again = transfers.give_again(refund_id=refund.pk, by=one, moment=clock.now())
    with pytest.raises(CannotMove, match="hai người"):
        made(again, one, reference="FT124")


def test_what_failed_before_it_was_made_counts_no_second_time(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 60_000
    given(client, order)
    one = someone()
    transfers.fail(refund_id=refund.pk, by=one, moment=clock.now(), note="Sai số tài khoản")
    again = transfers.give_again(refund_id=refund.pk, by=one, moment=clock.now())
    assert made(again, one).status == "succeeded"


@pytest.mark.parametrize("act", [transfers.prepare, partial(transfers.confirm, reference="FT1")])
def test_an_account_that_changed_since_it_was_looked_at_gets_nothing(
    client: Client, order: Order, refund: Refund, act: Any
) -> None:
    given(client, order)
    seen = transfers.stamp(RefundAccount.objects.get())
    given(client, order, so_tai_khoan="98765432")
    with pytest.raises(CannotMove, match="vừa đổi"):
        act(refund_id=refund.pk, by=someone(), moment=clock.now(), shown=seen)
    act(
        refund_id=refund.pk,
        by=someone(),
        moment=clock.now(),
        shown=transfers.stamp(RefundAccount.objects.get()),
    )


def test_what_was_prepared_wrongly_is_taken_back(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 0
    given(client, order)
    first = someone()
    prepared(refund, first)
    transfers.take_back(refund_id=refund.pk, by=someone(), moment=clock.now(), note="Sai tên")
    prepared(refund, someone())
    assert made(refund, first).status == "succeeded"


def test_the_banks_reference_is_noted_for_one_refund(client: Client, order: Order, refund: Refund) -> None:
    other = grants(order, RefundReason.GOODWILL, amount=Decimal(1_000), key="khác")[0]
    given(client, order)
    made(refund, someone())
    with pytest.raises(CannotMove, match="khoản khác"):
        made(other, someone())


def test_a_transfer_that_came_back_is_owed_until_it_is_given_again(
    client: Client, order: Order, refund: Refund
) -> None:
    given(client, order)
    made(refund, someone())
    with pytest.raises(CannotMove, match="vì sao"):
        transfers.fail(refund_id=refund.pk, by=someone(), moment=clock.now(), note=" ")
    transfers.fail(refund_id=refund.pk, by=someone(), moment=clock.now(), note="Sai số tài khoản")
    assert (sums(order).due, sums(order).back) == (-50_000, Back.FAILED)
    page = text(client, order)
    assert "Chưa trả lại được, chúng tôi đang xử lý" in page and "Đã trả lại" not in page
    assert "Chợ còn phải trả lại bạn" in page
    again = [
        transfers.give_again(refund_id=refund.pk, by=someone(), moment=clock.now()) for _twice in range(2)
    ]
    assert again[0] == again[1] and again[0].again_of == refund
    assert gone(order)[1:] == [("goodwill", 50_000, "due")] and settled(order)
    assert made(again[0], someone(), reference="FT125").status == "succeeded" and settled(order)
    assert Message.objects.filter(kind="payment_refunded").count() == 2


def test_what_went_back_elsewhere_meanwhile_is_not_given_again(order: Order) -> None:
    whole = grants(order, RefundReason.WHOLE)[0]
    transfers.fail(refund_id=whole.pk, by=someone(), moment=clock.now(), note="Sai số tài khoản")
    facts = {"payment_id": whole.payment_id, "reason": RefundReason.PROVIDER, "key": "Stripe"}
    part = give(amount=Decimal(60_000), moment=clock.now(), **facts)
    again = transfers.give_again(refund_id=whole.pk, by=someone(), moment=clock.now())
    assert (again.amount, again.again_of) == (whole.amount - part.amount, whole)


def test_what_has_not_failed_is_not_given_again(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    for done in (False, True):
        if done:
            made(refund, someone())
        with pytest.raises(CannotMove, match="không trả lại được"):
            transfers.give_again(refund_id=refund.pk, by=someone(), moment=clock.now())
    assert len(gone(order)) == 1


def test_what_goes_back_to_a_card_is_no_transfer(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    Refund.objects.update(way="card")
    facts = {"refund_id": refund.pk, "by": someone(), "moment": clock.now()}
    for act in (
        transfers.prepare,
        partial(transfers.take_back, note="x"),
        partial(transfers.confirm, reference="FT1"),
        partial(transfers.fail, note="x"),
    ):
        with pytest.raises(CannotMove, match="thẻ"):
            act(**facts)
    assert gone(order) == [("goodwill", 50_000, "due")]


def test_a_note_names_its_refund(refund: Refund) -> None:
    for note in (transfers.purpose(refund), f"MBVCB.99.{transfers.purpose(refund).lower()}.CT tu 0123"):
        assert transfers.by_purpose(note) == refund
    assert transfers.by_purpose("OCOPAAAA2222") is None


def test_the_account_goes_with_the_orders_person_but_not_before_its_money(
    client: Client, order: Order, refund: Refund, settings: Any
) -> None:
    given(client, order)
    old = clock.now() + timedelta(days=settings.ORDER_PERSON_DAYS + 1)
    assert forget_persons(moment=old) == 1 and RefundAccount.objects.exists()
    made(refund, someone())
    forget_what_was_kept_longer()
    assert not RefundAccount.objects.exists()


def test_a_copy_of_ones_data_has_what_came_and_what_went_back(
    client: Client, order: Order, refund: Refund
) -> None:
    given(client, order)
    person = factories.user()
    Order.objects.filter(pk=order.pk).update(user=person)
    own = next(section for section in sections() if section.name == "payments")
    (told,) = own.export(person_of(person))
    assert (told["order"], told["received"]) == (order.number, order.total_incl_tax)
    assert [(one["amount"], one["words"]) for one in told["refunds"]] == [(50_000, "Hộp bị móp.")]
    assert told["refund_account"]["number"] == "012345678901"
    assert own.export(person_of(factories.user())) == []
