"""The whole demonstration, in the order in which one thing needs another.

1. Places and the tree of sets.
2. The staff account.
3. Producers and their terms, then products with sizes, stock and certificates, and what a few buyers say and ask.
4. Orders in every state, which take of the stock; what their carrier handed over.
5. The shop's pages, then the five stories; queries with what they must find.
6. Pictures: what the first pages show now, the rest by the worker.
"""

from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.contrib.auth import get_user_model
from django.db import connection

from catalogue.reference import load_categories
from cms.starter import load_pages
from marketplace.demo import staff
from marketplace.demo.facts import products
from marketplace.demo.loading.judged import load_judged
from marketplace.demo.loading.money import load_money
from marketplace.demo.loading.orders import CARRIER, load_orders
from marketplace.demo.loading.pictures import as_seen, draw_first, leave_to_worker
from marketplace.demo.loading.producers import load_producers
from marketplace.demo.loading.products import load_products
from marketplace.demo.loading.progress import Progress
from marketplace.demo.loading.said import load_said
from marketplace.demo.loading.stories import load_stories
from marketplace.demo.loading.terms import load_terms
from marketplace.demo.rows import read_rows
from marketplace.order.models import Carrier
from producers.reference import load_places


def load_demo(*, today: date, folder: Path, progress: Progress, pictures: int) -> int:
    """Load what is missing as of `today`; the number of products added.

    `folder` keeps the staff's password and second factor; so many `pictures` are drawn now.
    """
    load_places()
    load_categories()
    ensure_staff(staff.password(folder), secret=staff.totp_secret(folder))
    facts = products(today=today)
    producers = load_producers(read_rows(), progress=progress)
    load_terms(read_rows(), producers=producers)
    added = load_products(facts, producers=producers, progress=progress)
    analyze()
    load_said(today=today)
    load_orders(today=today)
    load_money(today=today, carrier=Carrier.objects.filter(name=CARRIER).first())
    load_pages()
    load_stories(producers)
    load_judged()
    ordered = as_seen(facts, day=today)
    leave_to_worker(ordered)
    draw_first(ordered, most=pictures, progress=progress)
    return len(added)


def analyze() -> None:
    """Thousands of rows are new and in no statistics yet: planned for empty tables, each order would take seconds."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ensure_staff(password: str, *, secret: str) -> None:
    """One account that may do everything in the staff's admin; password and second factor are those that are told."""
    people = get_user_model().objects
    account = people.filter(email__iexact=staff.EMAIL).first()
    if account is None:
        account = people.create_superuser(staff.EMAIL, password, first_name="Nhân viên mẫu")
    elif not account.check_password(password):
        account.set_password(password)
        account.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=account, email=staff.EMAIL, defaults={"verified": True, "primary": True}
    )
    factor = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if factor is None or decrypt(factor.data["secret"]) != secret:
        Authenticator.objects.filter(user=account).delete()
        TOTP.activate(account, secret)
