"""Fills the shop that the browser visits: a slice of the demonstration, and a cast whose names the tests know.

A program of its own, in the environment of that shop, so that its data never meets the database of other tests.
"""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

EVERY = 9  # of the list's rows; with those of the stories this is about an eighth
PICTURES = 12

TEA, TEA_MAKER = "Chè Shan tuyết Lũng Phìn", "HTX Lũng Phìn"
HONEY, HONEY_MAKER = "Mật ong hoa tràm Đất Mũi", "HTX Đất Mũi"
CANDY, CANDY_MAKER = "Kẹo dừa Cồn Phụng", "Cơ sở Cồn Phụng"
CAKE, CAKE_MAKER = "Bánh cốm Hàng Than", "Cơ sở Hàng Than"
WINE = "Rượu ngô men lá Lũng Phìn"
PRICES = {TEA: 185_000, HONEY: 240_000, CANDY: 45_000, CAKE: 95_000, WINE: 150_000}
LEFT = 3  # pieces of the cake
#: Bought by the one who has an account, and delivered; made by a producer with a long name.
BOUGHT, BUYER = "Miến dong sợi dài phơi nắng Bình Liêu", "hoai.thuong@example.vn"
RESET_LINK = "reset-link"  # the file with the token of a link that staff issued
CERTIFICATE = "DEMO-LP-1"


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from marketplace import clock

    call_command("migrate", verbosity=0)
    demonstration(today=clock.today())
    cast(today=clock.today())
    account()


def demonstration(*, today: date) -> None:
    """The shop's pages, the five stories, and some of the producers and products."""
    from catalogue.reference import load_categories
    from cms.starter import load_pages
    from marketplace.demo.facts import product_facts
    from marketplace.demo.loading.pictures import as_seen, draw_first, leave_to_worker
    from marketplace.demo.loading.producers import load_producers
    from marketplace.demo.loading.products import load_products
    from marketplace.demo.loading.progress import Progress
    from marketplace.demo.loading.stories import load_stories, read_stories
    from marketplace.demo.rows import read_rows
    from producers.reference import load_places
    from search import indexing

    load_places()
    load_categories()
    told = {story["producer"] for story in read_stories()}
    rows = tuple(row for row in read_rows() if row.producer in told or row.number % EVERY == 0)
    facts = tuple(product_facts(row, today=today) for row in rows)
    makers = load_producers(rows, progress=Progress())
    with indexing.deferred():
        load_products(facts, producers=makers, progress=Progress())
    load_pages()
    load_stories(makers)
    ordered = as_seen(facts, day=today)
    leave_to_worker(ordered)
    draw_first(ordered, most=PICTURES, progress=Progress())


def cast(*, today: date) -> None:
    """Producers with something each, one with a wine that only adults see."""
    from catalogue.models import Category
    from producers.models import Commune, FormerProvince, ProducerForm, Province
    from producers.registration import register_producer
    from tests import factories

    def producer(name: str, province: str, **places: Any) -> Any:
        form, place = ProducerForm.COOPERATIVE, Province.objects.get(name=province)
        return register_producer(name=name, code=f"CAST-{name}", form=form, province=place, **places)

    sets = {node.number: node for node in Category.objects.filter(depth=3)}
    found: dict[str, Any] = {
        "former_province": FormerProvince.objects.get(name="Hà Giang"),
        "commune": Commune.objects.filter(province__name="Tuyên Quang").order_by("code").first(),
    }
    maker = producer(TEA_MAKER, "Tuyên Quang", **found)
    leaf = factories.product(TEA, by=maker, price=PRICES[TEA], sets=(sets[11],), ip_number="4-0281", **found)
    factories.rating(leaf, number=CERTIFICATE, issued_on=today - timedelta(days=90), place_name="Hà Giang")
    factories.product(WINE, by=maker, price=PRICES[WINE], sets=(sets[14],), **found)
    factories.product(HONEY, by=producer(HONEY_MAKER, "Cà Mau"), price=PRICES[HONEY], sets=(sets[4],))
    factories.product(CANDY, by=producer(CANDY_MAKER, "Vĩnh Long"), price=PRICES[CANDY], sets=(sets[7],))
    bakers = producer(CAKE_MAKER, "Hà Nội")
    factories.product(CAKE, by=bakers, price=PRICES[CAKE], stock=LEFT, sets=(sets[7],))


def account() -> None:
    """Somebody with an account, whose order has arrived, and with another that is new."""
    from allauth.account.models import EmailAddress

    from marketplace.accounts import reset_links
    from marketplace.order.models import Order, ParcelState
    from marketplace.shipping.quotes import Destination
    from producers.models import Commune, ProducerForm, Province
    from producers.registration import register_producer
    from tests import factories
    from tests.order.moving import bring, parcel_of
    from tests.order.placing import attempt, basket_of, send

    name = "Hợp tác xã sản xuất kinh doanh nông lâm nghiệp và dịch vụ tổng hợp Đồng Tâm Bình Liêu"
    place = Province.objects.get(name="Quảng Ninh")
    commune = Commune.objects.filter(province__name="Hà Nội").order_by("code")[0]
    home = Destination(commune.province, commune)
    maker = register_producer(name=name, code="CAST-BL", form=ProducerForm.COOPERATIVE, province=place)
    noodles = factories.product(BOUGHT, by=maker, price=120_000, stock=50)
    person = factories.user("Nguyễn Thị Hoài Thương", email=BUYER)
    EmailAddress.objects.create(user=person, email=BUYER, verified=True, primary=True)
    arrived, _new = (send(attempt(basket_of((noodles, pieces)), home)) for pieces in (2, 1))
    bring(parcel_of(arrived), ParcelState.DELIVERED)
    Order.objects.update(user=person)
    phone_only = factories.user("Trần Văn Số", email=None, phone="+84987654321")
    token = reset_links.issue(user=phone_only, actor=None)
    (Path(os.environ["DATA_DIR"]) / RESET_LINK).write_text(token)


if __name__ == "__main__":
    main()
