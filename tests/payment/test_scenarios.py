"""The scenario book: what goes wrong with money, each told to its end. After each: stock right, mails once, and the
pages of buyer and staff say the same truth.

Those that need a browser are in tests/browser/test_paying.py, everybody at once in test_storm.py.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.communication.models import Message
from marketplace.look.figures import day, dong
from marketplace.order.models import Order, ParcelState
from marketplace.partner.models import StockRecord
from marketplace.payment import card, transfers
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Method, Payment, Refund, RefundAccount, RefundReason, RefundStatus
from marketplace.payment.receiving import AmountDiffers
from marketplace.payment.sums import sums_of
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import attempt, basket_of, send
from tests.payment.giving import STAFF, grants
from tests.payment.test_card import event, library, pays, tells
from tests.payment.waiting import after_the_end, opened, waiting
from tests.payment.waiting import pays as receives
from tests.signing_in import sign_in_staff
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
STOCK = 9


@dataclass
class Book:
    """One order of two pieces of tea, and everything that is looked at in the end."""

    double: Remote
    tea: Product
    order: Order
    buyer: Client
    staff: Client

    def stock(self) -> tuple[int, int]:
        """On the shelf, and promised."""
        record = StockRecord.objects.get(product=self.tea)
        return record.num_in_stock, record.num_allocated or 0

    def mails(self) -> dict[str, int]:
        """About money: kind → how many. The rest is tested where it belongs."""
        kinds = Message.objects.filter(kind__startswith="payment_").values_list("kind", flat=True)
        return dict(Counter(kinds))

    def read(self) -> tuple[str, str]:
        """The order's page and staff's, as text."""
        pages = (
            self.buyer.get(self.order.get_absolute_url()),
            self.staff.get(reverse("desk_order", args=[self.order.pk])),
        )
        return tuple(_text(page.content.decode()) for page in pages)  # type: ignore[return-value]

    def both_say(self, *words: str) -> bool:
        return all(_plain(word) in page for page in self.read() for word in words)

    def neither_says(self, *words: str) -> bool:
        return not any(_plain(word) in page for page in self.read() for word in words)

    @property
    def state(self) -> str:
        self.order.refresh_from_db()
        return str(self.order.payment_state)

    @property
    def total(self) -> str:
        return dong(self.order.total_incl_tax)

    @property
    def settled(self) -> bool:
        return sums_of(self.order.pk).due == 0

    def by_card(self, with_card: str = "pm_card_visa") -> tuple[Payment, str]:
        """Charged at Stripe; nobody here knows of it yet. The payment, and the intent's id."""
        payment = opened(self.order, Method.CARD)
        intent = pays(self.double, payment, with_card)
        payment.refresh_from_db()
        return payment, intent

    def webhook(self, intent: str, key: str = "evt_paid") -> None:
        assert tells(self.buyer, event("payment_intent.succeeded", intent, key=key)) == 200
        run_due()

    def every_event(self) -> None:
        """All that Stripe has to tell, in its order."""
        events = library(self.double).v1.events.list({"limit": 100}).data
        for one in reversed(events):
            assert tells(self.buyer, one.to_dict()) == 200
        run_due()


def _text(html: str) -> str:
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return _plain(unescape(re.sub(r"<[^>]+>", " ", html)))


def _plain(text: str) -> str:
    """Amounts have spaces that do not break."""
    return " ".join(text.split())


@pytest.fixture
def book(double: Remote) -> Book:
    tea = factories.product("Chè Shan", by=factories.producer("HTX Phìn Hồ"), price=100_000, stock=STOCK)
    person = User.objects.create_user(email="thu-chi@example.com", password="mat-khau-dai")
    person.groups.set(Group.objects.filter(name__in=["Thu chi", "Điều phối đơn hàng"]))
    return Book(double, tea, waiting((tea, 2)), Client(), sign_in_staff(Client(), person))


def test_paid_twice(book: Book) -> None:
    """By transfer, and by a card that was charged before anybody heard of the transfer."""
    charged, intent = book.by_card()
    assert receives(opened(book.order)) == "paid"
    book.webhook(intent)
    run_due()
    assert book.state == "paid" and book.settled
    assert Refund.objects.values_list("payment", "reason", "status").get() == (
        charged.pk,
        "twice",
        "succeeded",
    )
    assert book.stock() == (STOCK, 2)
    assert book.mails() == {"payment_received": 1, "payment_refunded": 1}
    assert book.both_say("trả hai lần", "Đã trả lại", book.total)


def test_the_webhook_before_the_return(book: Book) -> None:
    payment, intent = book.by_card()
    book.webhook(intent)
    answer = book.buyer.get(reverse("payment:back", args=[book.order.token]), follow=True)
    assert "đã nhận tiền" in answer.content.decode()
    assert book.state == "paid" and book.settled and card.look(payment)
    assert (book.stock(), book.mails()) == ((STOCK, 2), {"payment_received": 1})
    assert book.both_say("Đã nhận", "thẻ", book.total)


def test_the_return_without_a_webhook(book: Book) -> None:
    book.by_card()
    book.buyer.get(reverse("payment:back", args=[book.order.token]))
    assert book.state == "paid" and book.settled
    assert (book.stock(), book.mails()) == ((STOCK, 2), {"payment_received": 1})
    assert book.both_say("Đã nhận", "thẻ", book.total)


def test_neither_return_nor_webhook(book: Book) -> None:
    """The worker asks by itself."""
    book.by_card()
    with clock.at(clock.now() + timedelta(minutes=10)):
        run_due()
    assert book.state == "paid" and book.settled
    assert (book.stock(), book.mails()) == ((STOCK, 2), {"payment_received": 1})
    assert book.both_say("Đã nhận", "thẻ", book.total)


def test_paid_after_the_end_while_the_goods_are_there(book: Book) -> None:
    payment = opened(book.order)
    with clock.at(after_the_end(book.order)):
        end_unpaid_orders()
        assert (book.state, book.stock()) == ("cancelled", (STOCK, 0))
        receives(payment)
    assert book.state == "paid" and book.settled
    assert (book.stock(), book.mails()) == ((STOCK, 2), {"payment_received": 1})
    assert book.both_say("Đã nhận", "chuyển khoản", book.total)
    assert book.neither_says("Đơn đã hủy")


def test_paid_after_the_end_when_the_goods_are_gone(book: Book) -> None:
    payment = opened(book.order)
    with clock.at(after_the_end(book.order)):
        end_unpaid_orders()
        waiting((book.tea, STOCK - 1))
        receives(payment)
    assert book.state == "cancelled" and book.settled
    assert (book.stock(), book.mails()) == ((STOCK, STOCK - 1), {"payment_refunded": 1})
    assert book.both_say("tiền đến khi hàng không còn", "Chờ trả lại", book.total)


def test_a_part_goes_back_and_then_another(book: Book) -> None:
    book.by_card()
    book.buyer.get(reverse("payment:back", args=[book.order.token]))
    parcel = bring(parcel_of(book.order), ParcelState.DELIVERED)
    line = book.order.lines.get()
    grants(book.order, RefundReason.ITEMS, pieces={line.pk: 1})
    grants(book.order, RefundReason.SHIPPING, key="khác", consignment=parcel.consignment_id)
    run_due()
    assert book.state == "paid" and book.settled
    assert book.stock() == (STOCK - 2, 0), "money moves no goods"
    assert book.mails() == {"payment_received": 1, "payment_refunded": 2}
    assert book.both_say(dong(100_000), dong(parcel.consignment.shipping_charge), "Đã trả lại", "một phần")


def test_a_refund_asked_for_twice(book: Book) -> None:
    book.by_card()
    book.buyer.get(reverse("payment:back", args=[book.order.token]))
    for _click in range(2):
        grants(book.order, RefundReason.GOODWILL, amount=Decimal(30_000))
    run_due()
    run_due()
    at_stripe = library(book.double).v1.refunds.list().data
    assert [one.amount for one in at_stripe] == [30_000]
    assert book.settled and book.mails() == {"payment_received": 1, "payment_refunded": 1}
    assert book.both_say("Đã trả lại", dong(30_000))


def test_a_refund_that_fails_afterwards(book: Book) -> None:
    """It looked well at Stripe; days later the bank sends it back. Staff transfer it instead."""
    book.by_card("pm_card_refundFail")
    book.buyer.get(reverse("payment:back", args=[book.order.token]))
    refund = grants(book.order, RefundReason.GOODWILL, amount=Decimal(30_000))[0]
    run_due()
    assert book.both_say("Đã trả lại")
    refund.refresh_from_db()
    book.double.control(f"refunds/{refund.reference}/settle")
    book.every_event()
    refund.refresh_from_db()
    assert refund.status == RefundStatus.FAILED
    assert book.neither_says("Đã trả lại:")
    assert "Chưa trả lại được, chúng tôi đang xử lý" in book.read()[0]
    assert "Không trả lại được" in book.read()[1]
    facts = {"bank": "970436", "number": "0123456789", "holder": "NGUYEN THI HOAI THUONG"}
    RefundAccount.objects.create(order=book.order, changed_at=clock.now(), **facts)
    again = transfers.give_again(refund_id=refund.pk, by=STAFF, moment=clock.now())
    person = User.objects.get(email="thu-chi@example.com")
    by = type(STAFF)(STAFF.role, person)
    transfers.confirm(refund_id=again.pk, reference="FT2611", by=by, moment=clock.now())
    assert book.settled and book.both_say("Đã trả lại", dong(30_000))
    assert book.stock() == (STOCK, 2)


def test_a_dispute_that_is_lost(book: Book) -> None:
    book.by_card("pm_card_createDisputeProductNotReceived")
    book.every_event()
    assert book.state == "paid" and book.both_say("đang khiếu nại", book.total)
    dispute = library(book.double).v1.disputes.list().data[0]
    move(parcel_of(book.order), ParcelState.CANCELLED)
    assert not Refund.objects.exists(), "the bank has the money; it is not given back a second time"
    book.double.control(f"disputes/{dispute.id}/end", outcome="lost")
    book.every_event()
    assert book.both_say("ngân hàng đã hoàn tiền", "ngân hàng đã thu lại tiền", book.total)
    assert not Refund.objects.exists()
    assert (book.stock(), book.mails()) == ((STOCK, 0), {"payment_received": 1})


def test_a_dispute_that_is_won_gives_back_what_was_cancelled_meanwhile(book: Book) -> None:
    book.by_card("pm_card_createDispute")
    book.every_event()
    dispute = library(book.double).v1.disputes.list().data[0]
    move(parcel_of(book.order), ParcelState.CANCELLED)
    book.double.control(f"disputes/{dispute.id}/end", outcome="won")
    book.every_event()
    run_due()
    assert book.settled and book.both_say("Đã trả lại", book.total)
    assert book.mails() == {"payment_received": 1, "payment_refunded": 1}


def test_cash_refused_at_the_door(book: Book) -> None:
    book.order = send(attempt(basket_of((book.tea, 3))))
    parcel = bring(parcel_of(book.order), ParcelState.HANDED_OVER)
    move(parcel, ParcelState.RETURNED, goods_back=True)
    assert book.state == "cancelled" and book.settled
    assert book.stock() == (STOCK, 2), "the goods are back; the other order's are still promised"
    assert not book.order.payments.exists() and book.mails() == {}
    assert book.neither_says(f"Đã nhận {day(clock.today())}")


def test_a_transfer_of_too_little(book: Book) -> None:
    payment = opened(book.order)
    with pytest.raises(AmountDiffers):
        receives(payment, payment.amount - 1)
    assert book.state == "awaiting_payment"
    assert (book.stock(), book.mails()) == ((STOCK, 2), {})
    assert book.neither_says(f"Đã nhận {day(clock.today())}")


def test_a_transfer_of_too_much(book: Book) -> None:
    payment = opened(book.order)
    receives(payment, payment.amount + 50_000)
    assert book.state == "paid" and book.settled
    assert (book.stock(), book.mails()) == ((STOCK, 2), {"payment_received": 1, "payment_refunded": 1})
    assert book.both_say("trả thừa", dong(50_000), "Chờ trả lại")
