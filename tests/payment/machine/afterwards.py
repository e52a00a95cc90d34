"""What happens once goods were paid for: returns, gifts of staff, refunds that are made or fail, disputes that end."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import stripe

from marketplace.accounts.models import User
from marketplace.order.models import Consignment, Order, ReturnRequest, Role
from marketplace.order.parcels import By
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.moving import answer_return, close_return, receive_goods
from marketplace.order.returns.returnable import returnables
from marketplace.order.returns.rules import Reason
from marketplace.order.returns.states import ReturnState
from marketplace.payment import transfers
from marketplace.payment.granting import Wanted, grant, measure
from marketplace.payment.models import Method, Refund, RefundAccount, RefundReason, RefundStatus
from tests.order.moving import BUYER

from .world import COUNTS, World

GRANTS = (RefundReason.GOODWILL, RefundReason.ITEMS, RefundReason.SHIPPING, RefundReason.WHOLE)


@dataclass
class Afterwards:
    """Steps in a world; two members of staff, since much money needs two."""

    world: World

    def __post_init__(self) -> None:
        self.staff = [
            By(Role.STAFF, User.objects.create_user(email=f"staff{number}@example.vn", password="mat-khau"))
            for number in range(2)
        ]

    def grant(self, order: Order, number: int, reason: RefundReason) -> None:
        """What staff see first is what they give; `number` makes it something else each time, or the same again."""
        parts = list(Consignment.objects.filter(order=order).order_by("pk"))
        part = parts[number % len(parts)]
        pieces = {one.line.pk: 1 for one in returnables(part)[:1]}
        wanted = Wanted(reason, pieces=pieces, consignment=part.pk, amount=Decimal(1_000 * (1 + number % 80)))
        grant(
            order_id=order.pk,
            wanted=wanted,
            shown=measure(order_id=order.pk, wanted=wanted).amount,
            words="Chợ xin lỗi bạn",
            key=f"form-{number % 50}",
            by=self.staff[0],
            moment=self.world.now,
        )

    def ask_back(self, part: Consignment) -> None:
        lines = {one.line.pk: 1 for one in returnables(part)[:1]}
        asked = Asked(reason=Reason.HIDDEN, text="Chè bị ẩm", quantities=lines, key=f"form-{self.world.now}")
        request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=self.world.now)

    def go_on_with_return(self, request: ReturnRequest, *, kept: bool) -> None:
        """The producer agrees, the goods come back (or are kept), and it ends."""
        by = By(Role.PRODUCER, None, request.consignment.partner)
        moment = self.world.now
        if request.state == ReturnState.REQUESTED:
            answer_return(
                request_id=request.pk,
                accepted=True,
                reasons="Đồng ý",
                goods_kept=kept,
                by=by,
                moment=moment,
            )
        elif request.state == ReturnState.ACCEPTED and not request.goods_kept:
            fit = dict(request.items.values_list("line", "quantity"))
            receive_goods(request_id=request.pk, fit=fit, by=by, moment=moment)
        else:
            close_return(request_id=request.pk, by=by, moment=moment)

    def transfer_back(self, refund: Refund, number: int) -> None:
        """Staff make a transfer, in as many steps as it takes, fail at it, or do it again."""
        moment, by = self.world.now, self.staff[number % 2]
        if refund.status == RefundStatus.FAILED:
            transfers.give_again(refund_id=refund.pk, by=by, moment=moment)
            return
        facts = {"bank": "970436", "number": "0123456789", "holder": "NGUYEN THI HOAI THUONG"}
        RefundAccount.objects.get_or_create(
            order_id=refund.payment.order_id, defaults=facts | {"changed_at": moment}
        )
        if number % 5 == 0:
            transfers.fail(refund_id=refund.pk, by=by, moment=moment, note="Sai số tài khoản")
        elif number % 5 == 1 and refund.status == RefundStatus.DUE:
            transfers.prepare(refund_id=refund.pk, by=by, moment=moment)
        else:
            reference = f"FT{refund.pk}-{number}"
            transfers.confirm(refund_id=refund.pk, reference=reference, by=by, moment=moment)

    def bank_goes_on(self, number: int) -> None:
        """At Stripe: a refund that looked well fails, or one that waited arrives."""
        refunds = self.world.stripe.v1.refunds.list({"limit": 100}).data
        if refunds:
            self.world.double.control(f"refunds/{refunds[number % len(refunds)].id}/settle")

    def somebody_disputes(self, number: int) -> None:
        """Each charge once, as it is with cards."""
        before = {dispute.charge for dispute in self.world.stripe.v1.disputes.list({"limit": 100}).data}
        charges = [one.latest_charge for one in self._intents() if one.latest_charge]
        charges = [charge for charge in charges if charge not in before]
        if charges:
            charge = charges[number % len(charges)]
            self.world.double.control(f"charges/{charge}/dispute", reason="product_not_received")

    def bank_decides(self, number: int, outcome: str) -> None:
        disputes = self.world.stripe.v1.disputes.list({"limit": 100}).data
        waiting = [one for one in disputes if one.status == "needs_response"]
        if waiting:
            self.world.double.control(f"disputes/{waiting[number % len(waiting)].id}/end", outcome=outcome)

    def gives_back_at_stripe(self, number: int) -> None:
        """Somebody of the shop, in Stripe's own dashboard."""
        paid = [intent for intent in self._intents() if intent.status == "succeeded"]
        if not paid:
            return
        params: Any = {"payment_intent": paid[number % len(paid)].id, "amount": 1_000}
        try:
            self.world.stripe.v1.refunds.create(params)
        except stripe.StripeError:
            COUNTS.refused += 1

    def _intents(self) -> list[stripe.PaymentIntent]:
        return list(self.world.stripe.v1.payment_intents.list({"limit": 100}).data)


def by_transfer() -> list[Refund]:
    """What staff can do something about."""
    rows = Refund.objects.select_related("payment")
    open_ones = rows.filter(way=Method.TRANSFER, status__in=[RefundStatus.DUE, RefundStatus.PENDING])
    failed = rows.filter(status=RefundStatus.FAILED, again__isnull=True)
    return [*open_ones.order_by("pk"), *failed.order_by("pk")]
