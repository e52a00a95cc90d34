from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace import clock
from marketplace.payment.models import Method, Payment
from marketplace.payment.receiving import AmountDiffers, receive


class Command(BaseCommand):
    help = (
        "Notes that a transfer has come to the bank account: the code of its note, and whole đồng. Run again it "
        "changes nothing. Prints paid, reopened (it came late, and the goods were still there), refunded (they were "
        "not, or the order was paid already) or known (noted before)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="as it stands in the note, for example OCOP7K3QX2MW")
        parser.add_argument("amount", type=int, help="whole đồng")

    def handle(self, *args: Any, code: str, amount: int, **options: Any) -> None:
        payment = Payment.objects.filter(method=Method.TRANSFER, reference=code.strip().upper()).first()
        if payment is None:
            raise CommandError(f"No payment has the code {code}.")
        try:
            outcome = receive(payment_id=payment.pk, amount=Decimal(amount), moment=clock.now())
        except AmountDiffers as error:
            raise CommandError(
                f"Asked for were {payment.amount} đ, {amount} came: nothing is changed."
            ) from error
        self.stdout.write(outcome)
