"""Ten thousand orders of the synthetic catalogue for staff's list of them, and somebody who may see it.

The same size gives the same mixture of producers, names, days and parcel states. Nothing here is shown to anybody.
"""

from contextlib import suppress
from datetime import timedelta
from random import Random
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.order.models import Carrier, Order, Parcel, ParcelState, ShippingAddress
from marketplace.order.placement import CannotPlace
from marketplace.shipping.quotes import Destination
from marketplace.shipping.reference import load_tariffs
from producers.models import Commune
from producers.places import fold
from tests.order.copies import BATCH, copies
from tests.order.placing import attempt, basket_of, send
from tests.signing_in import sign_in_staff

ORDERS = 10_000
ORIGINALS = 20
GROUP = "Điều phối đơn hàng"
NAMES = [
    "Nguyễn Thị Hoài Thương",
    "Trần Văn Ưng",
    "Lò Thị Mai",
    "Đặng Minh Khuê",
    "Phạm Quốc Bảo",
    "Hồ Thị Bích",
]
STATES = [ParcelState.DELIVERED] * 16 + [
    ParcelState.NEW,
    ParcelState.CONFIRMED,
    ParcelState.PACKED,
    ParcelState.HANDED_OVER,
    ParcelState.RETURNED,
    ParcelState.CANCELLED,
]
ON_THE_WAY = {ParcelState.HANDED_OVER, ParcelState.DELIVERED, ParcelState.RETURNED}


def build_orders(*, count: int = ORDERS, seed: int = 2026) -> None:
    """Orders of one to three producers over a year: a few are placed, the others copied."""
    rng = Random(seed)
    load_tariffs()
    placed = [_placed(rng) for _ in range(ORIGINALS)]
    each = count // ORIGINALS - 1
    for at, order in enumerate(placed):
        copies(order, each, start=at * count + 1)
    _spread(rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _placed(rng: Random) -> Order:
    """What cannot be sent there, or not be paid in cash, is passed over."""
    sold = Product.objects.filter(structure=Product.STANDALONE, stockrecords__num_in_stock__gte=40)
    keys = list(sold.order_by("pk").values_list("pk", flat=True)[:2000])
    while True:
        products = Product.objects.filter(pk__in=rng.sample(keys, rng.randrange(1, 4)))
        commune = Commune.objects.select_related("province").order_by("pk")[rng.randrange(3000)]
        to = Destination(commune.province, commune)
        with suppress(CannotPlace):
            return send(attempt(basket_of(*[(product, 2) for product in products]), to))


def _spread(rng: Random) -> None:
    """Over a year, over names and numbers, and over states: most parcels have arrived."""
    carrier = Carrier.objects.create(name="Bưu điện")
    orders = list(Order.objects.select_related("shipping_address").order_by("pk"))
    for order in orders:
        order.phone = f"+849{rng.randrange(10**8):08}"
        order.date_placed -= timedelta(minutes=rng.randrange(365 * 24 * 60))
        order.shipping_address.first_name = rng.choice(NAMES)
        order.shipping_address.search_text = fold(order.shipping_address.first_name)
    addresses = [order.shipping_address for order in orders]
    Order.objects.bulk_update(orders, ["phone", "date_placed"], batch_size=BATCH)
    ShippingAddress.objects.bulk_update(addresses, ["first_name", "search_text"], batch_size=BATCH)
    parcels = list(Parcel.objects.order_by("pk"))
    for parcel in parcels:
        parcel.state = rng.choice(STATES)
        if parcel.state in ON_THE_WAY:
            parcel.carrier, parcel.tracking_number = carrier, f"VN{parcel.pk:09}"
    Parcel.objects.bulk_update(parcels, ["state", "carrier", "tracking_number"], batch_size=BATCH)


def staff_session() -> str:
    """The session of a member of the group that looks after orders, who gave the second factor."""
    person = User.objects.create_user(email="dieu-phoi@cho-ocop.example", last_login=clock.now())
    person.groups.add(Group.objects.get(name=GROUP))
    return str(sign_in_staff(Client(), person).cookies["sessionid"].value)


def pages() -> dict[str, str]:
    """Staff's pages over all orders: what each is called, and its address."""
    order = Order.objects.order_by("pk")[ORIGINALS]
    parcel = Parcel.objects.exclude(tracking_number="").order_by("pk")[ORIGINALS]
    asked = {
        "staff: orders": {},
        "staff: orders, page 100": {"p": "100"},
        "staff: orders, by phone": {"q": order.phone.replace("+84", "0")},
        "staff: orders, by number": {"q": order.number},
        "staff: orders, by name": {"q": "hoai thuong"},
        "staff: orders, by tracking number": {"q": parcel.tracking_number},
        "staff: orders, partly delivered": {"delivery": "partly_delivered"},
        "staff: orders, late, of a province": {"late": "1", "province": order.shipping_address.province.slug},
        "staff: orders, by sum": {"ordering": "-total_incl_tax"},
    }
    listed = {name: f"{reverse('desk_orders')}?{urlencode(query)}" for name, query in asked.items()}
    return listed | {"staff: parcels to do": reverse("desk_parcels")}
