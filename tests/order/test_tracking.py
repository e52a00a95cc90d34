import pytest

from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.order.models import Carrier, Order, Parcel, ParcelState, Role
from marketplace.order.parcels import By, CannotMove, Tracking, split_parcel
from marketplace.order.tracking import change_tracking
from tests import factories
from tests.order.moving import STAFF, bring, move, parcel_of
from tests.order.placing import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def ghn() -> Carrier:
    return Carrier.objects.create(name="GHN", tracking_address="https://ghn.example/{}")


@pytest.fixture
def post() -> Carrier:
    return Carrier.objects.create(name="Bưu điện")


@pytest.fixture
def sent(ghn: Carrier) -> Parcel:
    parcel = bring(parcel_of(place((factories.product(), 2))), ParcelState.PACKED)
    move(parcel, ParcelState.HANDED_OVER, tracking=Tracking(ghn, "GHN1"))
    return Parcel.objects.get()


def test_a_wrong_number_is_corrected_and_what_stood_there_is_kept(sent: Parcel, post: Carrier) -> None:
    member, producer = factories.user(), sent.consignment.partner
    by = By(Role.STAFF, member, producer)
    change_tracking(
        parcel_id=sent.pk, tracking=Tracking(post, " VN2 "), seen=(sent.carrier_id, "GHN1"), by=by
    )
    sent.refresh_from_db()
    assert (sent.carrier, sent.tracking_number) == (post, "VN2")
    entry = Entry.objects.get(action="parcel_tracking_changed")
    assert (entry.actor, entry.before) == (member, {"carrier": "GHN", "number": "GHN1"})
    assert entry.after == {"carrier": "Bưu điện", "number": "VN2", "acting_for_partner": producer.pk}


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(sent: Parcel, ghn: Carrier) -> None:
    Parcel.objects.update(tracking_number="GHN9")
    with pytest.raises(CannotMove, match="người khác sửa"):
        change_tracking(parcel_id=sent.pk, tracking=Tracking(ghn, "GHN2"), seen=(ghn.pk, "GHN1"), by=STAFF)
    assert Parcel.objects.get().tracking_number == "GHN9"
    assert not Entry.objects.exists()


def test_the_same_click_twice_is_written_once(sent: Parcel, ghn: Carrier) -> None:
    for _ in range(2):
        change_tracking(parcel_id=sent.pk, tracking=Tracking(ghn, "GHN2"), seen=(ghn.pk, "GHN1"), by=STAFF)
    assert Entry.objects.count() == 1


def test_only_what_is_under_way_has_a_number_to_correct(sent: Parcel, ghn: Carrier) -> None:
    move(sent, ParcelState.DELIVERED)
    with pytest.raises(CannotMove, match="đang giao"):
        change_tracking(parcel_id=sent.pk, tracking=Tracking(ghn, "GHN2"), seen=(ghn.pk, "GHN1"), by=STAFF)


def test_a_parcel_is_not_split_twice_by_the_same_click() -> None:
    order: Order = place((factories.product(), 4))
    parcel = parcel_of(order)
    line = parcel.items.get().line_id
    asked = {"quantities": {line: 1}, "by": STAFF, "moment": clock.now(), "seen": {line: 4}}
    split_parcel(parcel_id=parcel.pk, **asked)
    with pytest.raises(CannotMove, match="vừa thay đổi"):
        split_parcel(parcel_id=parcel.pk, **asked)
    assert Parcel.objects.count() == 2
