"""What the admin's first page says that waits."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.desk.waiting import WORK
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.communication.models import Message, MessageState
from marketplace.order.models import (
    Carrier,
    Consignment,
    Order,
    ParcelState,
    PaymentState,
    ReturnRequest,
    ReturnState,
)
from marketplace.payment.models import EventState, ProviderEvent, Refund, RefundReason, RefundStatus
from marketplace.payment.refund_states import move_refund
from marketplace.questions.asking import ask
from marketplace.reconciliation.comparing.day import compare
from marketplace.reconciliation.models import Kind, Source
from marketplace.reviews.reasons import Reason
from tests import factories
from tests.cms.reading import page
from tests.communication.posting import HOAI, post_trial
from tests.order.moving import bring, parcel_of
from tests.order.placing import place
from tests.order.returns import cast
from tests.payment.giving import grants, paid
from tests.reconciliation.files import remittance
from tests.reconciliation.lines import confirmed, line_of, proposed
from tests.reviews.delivering import reviewed
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
HOME = reverse("wagtailadmin_home")


def staff(*rights: str) -> Any:
    person = User.objects.create_user(email="nhan-vien@example.com", password="mat-khau-dai")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    return sign_in_staff(Client(), person)


def told(client: Any) -> dict[str, tuple[int, str]]:
    """By label: the number, and the address it leads to."""
    found = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a>: <b class="desk-number">(\d+)</b>', page(client, HOME)
    )
    return {unescape(label): (int(number), unescape(address)) for address, label, number in found}


def some_money_waits() -> None:
    """Two transfers to make, one that failed, one event that nobody could use; and one of each that waits no more."""
    orders = [paid((factories.product(), 1)) for _one in range(4)]
    for order in orders:
        bring(parcel_of(order), ParcelState.DELIVERED)
        grants(order, RefundReason.GOODWILL, amount=Decimal(1_000))
    keys = list(Refund.objects.order_by("pk").values_list("pk", flat=True))
    for key, to in zip(keys[1:], ("pending", "succeeded", "failed"), strict=True):
        move_refund(refund_id=key, to=RefundStatus(to), moment=clock.now())
    for number, at in enumerate((None, clock.now())):
        ProviderEvent.objects.create(
            key=f"evt_{number}", type="refund.created", payload={}, state=EventState.FAILED,
            received_at=clock.now(), seen_at=at,
        )  # fmt: skip


@pytest.fixture
def everything(db: None) -> None:
    """Of each kind of work one or more that wait, and one that does not."""
    place((factories.product(), 1))
    bring(parcel_of(place((factories.product(), 1))), ParcelState.HANDED_OVER)
    unpaid, late = place((factories.product(), 1)), place((factories.product(), 1))
    awaits = {"payment_state": PaymentState.AWAITING_PAYMENT, "payment_due_at": clock.now()}
    Order.objects.filter(pk=unpaid.pk).update(**awaits)
    bring(parcel_of(late), ParcelState.PACKED)
    yesterday = clock.today() - timedelta(days=1)
    Consignment.objects.filter(order=late).update(deliver_from=yesterday, deliver_to=yesterday)
    cast.ask(cast.delivered())
    silent = cast.ask(cast.delivered())
    ReturnRequest.objects.filter(pk=silent.pk).update(state=ReturnState.ESCALATED, due_at=None)
    tea, asker = factories.product(), factories.user()
    reviewed(tea, 5, "Rất thơm")
    reviewed(tea, 1, "Tệ").reports.create(reason=Reason.INSULT, text="Nói quá", reporter="a", origin="b")
    asked = ask(product=tea, user=asker, text="Trà này pha nước bao nhiêu độ ạ?", language="vi")
    asked.reports.create(reason=Reason.INSULT, text="Nói quá", reporter="a", origin="b")
    some_money_waits()
    post_trial(HOAI)
    _money_that_waits()
    for state in (MessageState.FAILED, MessageState.UNCERTAIN):
        Message.objects.filter(pk=post_trial(HOAI).pk).update(state=state, ended_at=clock.now())


def _money_that_waits() -> None:
    """Lines that are open, proposed and to be sent back, a carrier's that is not for this list; a difference."""
    lines = [line_of(f"dong {number}", 5_000 + number) for number in range(3)]
    proposed(lines[1])
    confirmed(proposed(lines[2], kind=Kind.BACK))
    remittance(Carrier.objects.create(name="Chở nhanh"), ("VC1", 200_000, 0))
    with clock.at(clock.now() + timedelta(days=1)):
        compare(source=Source.CARRIER, day=clock.today() - timedelta(days=1), moment=clock.now())


def test_each_number_is_that_of_the_rows_its_link_shows(everything: None, admin_user: Any) -> None:
    chief = sign_in_staff(Client(), admin_user)
    numbers = told(chief)
    assert list(numbers) == [str(work.label) for work in WORK]
    assert [number for number, _address in numbers.values()] == [1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    for label, (number, address) in numbers.items():
        listed = chief.get(address).context["object_list"]
        assert len(listed) == number, label


def test_nobody_is_told_of_what_they_may_not_see(everything: None) -> None:
    assert list(told(staff("answer_question"))) == ["Câu hỏi chờ trả lời"]
    assert "Việc đang chờ" not in page(staff_without_rights(), HOME)


def staff_without_rights() -> Any:
    person = User.objects.create_user(email="moi@example.com", password="mat-khau-dai")
    person.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    return sign_in_staff(Client(), person)


def test_an_empty_desk_says_so(db: None) -> None:
    client = staff("move_parcels", "view_order", "handle_returns")
    assert told(client) == {}
    assert "Không có việc nào chờ bạn." in page(client, HOME)


def test_it_costs_one_query_for_each_kind_of_work(
    everything: None, django_assert_max_num_queries: Any, client: Any
) -> None:
    own, none = staff(*[work.right.split(".")[1] for work in WORK]), staff_without_rights()
    for one in (own, none):
        one.get(HOME)
    with django_assert_max_num_queries(70) as without:
        none.get(HOME)
    with django_assert_max_num_queries(70) as with_all:
        own.get(HOME)
    assert len(with_all) - len(without) <= len(WORK)
