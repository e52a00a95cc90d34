"""Staff's screens of money: who sees what, giving back in two steps, transfers, events that nobody could use."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.look.figures import dong
from marketplace.order.models import Order, ParcelState
from marketplace.payment.models import (
    Dispute,
    DisputeStatus,
    EventState,
    ProviderEvent,
    Refund,
    RefundAccount,
    RefundReason,
    RefundStatus,
)
from marketplace.payment.refund_states import move_refund
from marketplace.payment.transfers import purpose, stamp
from tests import factories
from tests.cms.reading import Inline, page
from tests.order.moving import bring, parcel_of
from tests.payment.giving import gone, grants, paid, settled
from tests.payment.waiting import opened, waiting
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def staff(*rights: str, email: str = "nhan-vien@example.com") -> Client:
    person = User.objects.create_user(email=email, password="mat-khau-dai")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    return sign_in_staff(Client(), person)


def treasurer(email: str = "thu-chi@example.com") -> Client:
    person = User.objects.create_user(email=email, password="mat-khau-dai")
    person.groups.add(Group.objects.get(name="Thu chi"))
    return sign_in_staff(Client(), person)


@pytest.fixture
def order() -> Order:
    found = paid((factories.product("Chè Shan", price=100_000, stock=9), 3))
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


@pytest.fixture
def refund(order: Order) -> Refund:
    return grants(order, RefundReason.GOODWILL, amount=Decimal(50_000))[0]


@pytest.fixture
def account(order: Order) -> RefundAccount:
    return RefundAccount.objects.create(
        order=order, bank="970436", number="012345678901", holder="NGUYEN THI HOAI", changed_at=clock.now()
    )


def seen(client: Client, refund: Refund) -> dict[str, str]:
    """By what the page's forms know the account that it shows."""
    html = page(client, reverse("desk_refund", args=[refund.pk]))
    found = re.search(r'name="account" value="([^"]*)"', html)
    assert found
    return {"account": found[1]}


def form(client: Client, order: Order) -> tuple[str, str]:
    """The page, and the key of its form."""
    html = page(client, reverse("desk_give_back", args=[order.pk]))
    found = re.search(r'name="key" value="([^"]+)"', html)
    return html, found[1] if found else ""


def sends(client: Client, order: Order, **answers: Any) -> Any:
    return client.post(reverse("desk_give_back", args=[order.pk]), answers, follow=True)


def test_the_sum_is_shown_and_only_then_given(order: Order) -> None:
    client = treasurer()
    _html, key = form(client, order)
    line = order.lines.get()
    wanted = {"what": "items", f"line-{line.pk}": 2, "words": "Hộp bị móp.", "key": key}
    shown = sends(client, order, **wanted).content.decode()
    assert "Xác nhận trả lại 200.000" in shown and gone(order) == []
    for _double_click in range(2):
        answer = sends(client, order, **wanted, shown=200_000, confirm=1)
    assert gone(order) == [("items", 200_000, "due")] and settled(order)
    html = " ".join(answer.content.decode().split())
    for words in ("chờ trả lại", "đang trả lại tiền", "Hộp bị móp.", "Trả lại tiền cho người mua"):
        assert words.casefold() in html.casefold()


@pytest.mark.parametrize("what", ["goodwill", "whole", "shipping", "parcel"])
def test_each_kind_can_be_given(order: Order, what: str) -> None:
    client = treasurer()
    _html, key = form(client, order)
    part, parcel = order.consignments.get(), parcel_of(order)
    kinds = {
        "goodwill": ("goodwill", 20_000),
        "whole": ("whole", order.total_incl_tax),
        "shipping": (f"shipping-{part.pk}", part.shipping_charge),
        "parcel": (f"parcel-{parcel.pk}", 300_000),
    }
    kind, amount = kinds[what]
    answers = {"what": kind, "amount": 20_000, "words": "Vì vậy.", "key": key}
    assert f"Xác nhận trả lại {dong(amount)}" in sends(client, order, **answers).content.decode()
    sends(client, order, **answers, shown=int(amount), confirm=1)
    assert [sum_ for _reason, sum_, _status in gone(order)] == [amount]


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("goodwill", {"amount": "0"}),
        ("goodwill", {"amount": "-5"}),
        ("goodwill", {"amount": "1000.5"}),
        ("goodwill", {"amount": "nhiều"}),
        ("goodwill", {"amount": ""}),
        ("goodwill", {"amount": "999999999"}),
        ("items", {}),
        ("parcel-999999", {}),
        ("shipping-999999", {}),
        ("provider", {"amount": "1000"}),
        ("whole", {"words": ""}),
    ],
)
def test_nonsense_is_refused_and_gives_nothing(order: Order, what: str, more: dict[str, str]) -> None:
    client = treasurer()
    _html, key = form(client, order)
    answers = {"what": what, "words": "Vì vậy.", "key": key, "shown": "1000", "confirm": "1"} | more
    answer = sends(client, order, **answers)
    assert answer.status_code == 200 and gone(order) == []
    assert answer.redirect_chain == []


def test_above_the_rest_it_says_how_much_is_left(order: Order) -> None:
    client = treasurer()
    _html, key = form(client, order)
    answer = sends(client, order, what="goodwill", amount=10_000_000, words="x", key=key)
    assert dong(order.total_incl_tax) in answer.content.decode()
    assert not Refund.objects.exists()
    refused = Entry.objects.get(action="refund_refused")
    assert refused.actor == User.objects.get(email="thu-chi@example.com")
    chief = sign_in_staff(Client(), User.objects.create_superuser("chi-huy@example.com", "mat-khau-dai"))
    assert "bị từ chối" in page(chief, reverse("desk_order", args=[order.pk]))


def test_nothing_is_offered_for_an_order_that_was_not_paid() -> None:
    order = waiting((factories.product(price=100_000), 1))
    html, _key = form(treasurer(), order)
    assert "Không còn tiền nào để trả lại" in html and "Xem số tiền" not in html


@pytest.mark.parametrize(
    ("right", "may"),
    [
        ("view_payment", {"desk_payments", "desk_refunds", "desk_refund"}),
        ("grant_refunds", {"desk_give_back"}),
        ("transfer_refunds", set()),
        ("handle_events", {"desk_events"}),
        ("view_order", set()),
    ],
)
def test_each_right_opens_its_own_screens(order: Order, refund: Refund, right: str, may: set[str]) -> None:
    client = staff(right)
    keys = {"desk_refund": [refund.pk], "desk_give_back": [order.pk]}
    names = ["desk_payments", "desk_refunds", "desk_refund", "desk_give_back", "desk_events"]
    opened_ = {name for name in names if client.get(reverse(name, args=keys.get(name))).status_code == 200}
    assert opened_ == may


def test_a_transfer_is_made_with_a_code_and_noted(
    order: Order, refund: Refund, account: RefundAccount
) -> None:
    client = treasurer()
    html = page(client, reverse("desk_refund", args=[refund.pk]))
    assert purpose(refund) in html and "012345678901" in html and "<svg" in html
    assert Entry.objects.filter(action="refund_opened").count() == 1
    act = reverse("desk_refund_act", args=[refund.pk, "da-chuyen"])
    assert "Chưa ghi được" in client.post(act, {"reference": ""}).content.decode()
    client.post(act, {"reference": "FT2633"} | seen(client, refund))
    refund.refresh_from_db()
    assert (refund.status, refund.reference) == ("succeeded", "FT2633")
    assert "<svg" not in page(client, reverse("desk_refund", args=[refund.pk])).split("desk-qr")[-1][:500]


def test_before_the_buyer_named_an_account_no_transfer_is_noted(order: Order, refund: Refund) -> None:
    html = page(treasurer(), reverse("desk_refund", args=[refund.pk]))
    assert "Người mua chưa cho biết tài khoản" in html
    assert "Đã chuyển khoản" not in html and "Không trả lại được" in html


def test_a_large_transfer_takes_two_of_staff(
    order: Order, refund: Refund, account: RefundAccount, settings: Any
) -> None:
    settings.REFUND_FOUR_EYES = 10_000
    first, second = treasurer(), treasurer("hai@example.com")
    first.post(reverse("desk_refund_act", args=[refund.pk, "chuan-bi"]), seen(first, refund))
    confirm = reverse("desk_refund_act", args=[refund.pk, "da-chuyen"])
    first.post(confirm, {"reference": "FT1"} | seen(second, refund))
    refund.refresh_from_db()
    assert refund.status == "pending"
    second.post(confirm, {"reference": "FT1"} | seen(second, refund))
    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_who_may_only_look_sees_no_account_and_moves_nothing(
    order: Order, refund: Refund, account: RefundAccount
) -> None:
    client = staff("view_payment")
    assert "012345678901" not in page(client, reverse("desk_refund", args=[refund.pk]))
    told = {"reference": "FT1", "account": stamp(account)}
    client.post(reverse("desk_refund_act", args=[refund.pk, "da-chuyen"]), told)
    refund.refresh_from_db()
    assert refund.status == "due"


@pytest.mark.parametrize(("limit", "name"), [(10_000, "chuan-bi"), (1_000_000, "da-chuyen")])
def test_an_account_that_changed_while_the_page_was_open_is_looked_at_again(
    order: Order, refund: Refund, account: RefundAccount, settings: Any, limit: int, name: str
) -> None:
    settings.REFUND_FOUR_EYES = limit
    client = treasurer()
    told = {"reference": "FT1"} | seen(client, refund)
    RefundAccount.objects.update(number="98765432", changed_at=clock.now())
    act = reverse("desk_refund_act", args=[refund.pk, name])
    assert "vừa đổi" in client.post(act, told, follow=True).content.decode()
    refund.refresh_from_db()
    assert refund.status == "due"
    client.post(act, told | seen(client, refund))
    refund.refresh_from_db()
    assert refund.status != "due"


@pytest.mark.parametrize("name", ["desk_payments", "desk_refunds", "desk_events"])
def test_a_long_list_takes_no_more_queries_than_a_short_one(order: Order, name: str) -> None:
    client = treasurer()
    counts = []
    for number in (1, 8):
        for at in range(number):
            grants(order, RefundReason.GOODWILL, amount=Decimal(1_000), key=f"{number}-{at}")
            ProviderEvent.objects.create(
                key=f"e{number}-{at}", type="x", payload={}, state=EventState.FAILED, received_at=clock.now()
            )
        with CaptureQueriesContext(connection) as asked:
            page(client, reverse(name))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def listed(client: Client, name: str, **chosen: Any) -> int:
    answered = client.get(reverse(name), chosen)
    assert answered.status_code == 200
    return len(answered.context["object_list"])


def test_lists_find_and_narrow(order: Order, refund: Refund) -> None:
    client = treasurer()
    other = opened(waiting((factories.product(price=100_000), 1)))
    code = order.payments.get().reference
    assert listed(client, "desk_payments") == 2
    assert [listed(client, "desk_payments", q=text) for text in (code, order.number, other.reference)] == [
        1,
        1,
        1,
    ]
    assert [listed(client, "desk_payments", status=state) for state in ("open", "succeeded")] == [1, 1]
    assert [listed(client, "desk_payments", method=method) for method in ("transfer", "card")] == [2, 0]
    finds = (
        {"q": purpose(refund)},
        {"q": order.number},
        {"q": code},
        {"waits": "transfer"},
        {"reason": "goodwill"},
    )
    assert [listed(client, "desk_refunds", **chosen) for chosen in finds] == [1] * 5
    misses = {"q": "OCOPHT999999"}, {"waits": "again"}, {"way": "card"}, {"status": "failed"}
    assert [listed(client, "desk_refunds", **chosen) for chosen in misses] == [0] * 4


def test_orders_are_narrowed_by_what_went_back_and_never_just_read_as_paid(
    order: Order, refund: Refund
) -> None:
    client = staff("view_order", "export_orders")
    html = page(client, reverse("desk_orders"))
    assert "đang trả lại tiền" in html
    assert [listed(client, "desk_orders", back=state) for state in ("under_way", "wholly")] == [1, 0]
    table = b"".join(client.get(reverse("desk_orders") + "?export=csv")).decode()
    assert "đang trả lại tiền" in table and f",{int(order.total_incl_tax)},50000," in table


def test_an_order_whose_money_a_bank_took_is_found_though_nothing_went_back(order: Order) -> None:
    facts = {"payment": order.payments.get(), "amount": 1, "opened_at": clock.now(), "reason": "fraudulent"}
    Dispute.objects.create(reference="du_1", status=DisputeStatus.OPEN, **facts)
    client = staff("view_order")
    assert [listed(client, "desk_orders", back=state) for state in ("taken", "partly")] == [1, 0]
    assert "ngân hàng đã thu lại tiền" in page(client, reverse("desk_orders"))


def test_what_failed_and_a_bank_took_back_waits_for_nobody(order: Order, refund: Refund) -> None:
    move_refund(refund_id=refund.pk, to=RefundStatus.FAILED, moment=clock.now(), note="Sai số.")
    client, waits = treasurer(), "nhân viên trả cách khác"
    assert waits in page(client, reverse("desk_refunds"))
    facts = {"payment": refund.payment, "amount": 1, "opened_at": clock.now(), "reason": "fraudulent"}
    Dispute.objects.create(reference="du_1", status=DisputeStatus.OPEN, **facts)
    assert waits not in page(client, reverse("desk_refunds"))


def test_an_event_nobody_could_use_is_seen_once_with_a_note() -> None:
    event = ProviderEvent.objects.create(
        key="evt_1",
        type="refund.created",
        payload={},
        state=EventState.FAILED,
        error="Lạ",
        received_at=clock.now(),
    )
    client = treasurer()
    where = reverse("desk_event_seen", args=[event.pk])
    client.post(where, {"note": " "})
    event.refresh_from_db()
    assert event.seen_at is None
    for note in ("Đã trả ở Stripe", "khác"):
        client.post(where, {"note": note})
    event.refresh_from_db()
    assert event.seen_note == "Đã trả ở Stripe" and event.seen_by is not None
    assert "Đã trả ở Stripe" in page(client, reverse("desk_events"))
    assert listed(client, "desk_events", seen="no") == 0


@pytest.mark.parametrize(
    ("about", "shown"), [({"id": "re_1"}, "re_1"), ({"id": None}, "evt_1"), ({}, "evt_1")]
)
def test_an_event_is_named_by_what_it_is_about_or_by_its_own_id(about: dict[str, Any], shown: str) -> None:
    payload = {"data": {"object": about}}
    facts = {"type": "refund.created", "state": EventState.FAILED, "received_at": clock.now()}
    ProviderEvent.objects.create(key="evt_1", payload=payload, **facts)
    assert f"refund.created {shown}" in page(treasurer(), reverse("desk_events"))


def test_the_pages_are_allowed_by_the_content_security_policy(
    order: Order, refund: Refund, account: RefundAccount
) -> None:
    client = treasurer()
    own = re.compile(r'<div class="desk">.*', re.DOTALL)
    for address in (reverse("desk_refund", args=[refund.pk]), reverse("desk_give_back", args=[order.pk])):
        found = own.search(page(client, address))
        assert found and [one for one in Inline(found[0]).found if not one.startswith("script")] == []
