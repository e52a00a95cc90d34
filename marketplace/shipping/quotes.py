"""What it costs and how long it takes to send the goods of one producer to a place. Plain values in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from producers.models import Commune, Producer, Province

from .models import Tariff, Zone

DEFAULT_WEIGHT_G = 500  # of a product that states none


@dataclass(frozen=True)
class Destination:
    """Where goods go. Without a commune it is an estimate for the province's mainland."""

    province: Province
    commune: Commune | None = None


@dataclass(frozen=True)
class Parcel:
    """What one producer sends: weight in grams, goods in whole đồng, whether something in it lives."""

    weight_g: int
    goods: Decimal
    live: bool = False


@dataclass(frozen=True)
class Quote:
    """Charge in whole đồng and the days of arrival; or, with `refusal`, why it cannot be sent there.

    `free_from` is the producer's goods total from which sending is free, or None.
    """

    zone: Zone
    charge: Decimal = Decimal(0)
    first_day: date | None = None
    last_day: date | None = None
    free_from: Decimal | None = None
    refusal: str = ""


def zone_of(*, origin: Producer, destination: Destination) -> Zone:
    """The zone between a producer and a place. Within one commune, an island is no journey."""
    commune = destination.commune
    if commune is not None and commune.is_island and commune.pk != origin.commune_id:
        return Zone.ISLAND
    if origin.province_id == destination.province.pk:
        return Zone.PROVINCE
    if origin.province.region_id == destination.province.region_id:
        return Zone.REGION
    return Zone.COUNTRY


def charge_of(*, tariff: Tariff, weight_g: int, goods: Decimal) -> Decimal:
    """Whole đồng for a parcel: the base price, and the step price for every step begun above the base weight."""
    if tariff.free_from is not None and goods >= tariff.free_from:
        return Decimal(0)
    above = max(weight_g - tariff.base_weight_g, 0)
    steps = -(-above // tariff.step_weight_g)
    return tariff.base_price + steps * tariff.step_price


def tariffs() -> dict[str, Tariff]:
    """The whole table by zone, in one query."""
    return {tariff.zone: tariff for tariff in Tariff.objects.all()}


def quote(
    *, origin: Producer, destination: Destination, parcel: Parcel, day: date, table: Mapping[str, Tariff]
) -> Quote:
    """Price and days for a parcel ordered on `day`. Live goods stay within their province."""
    zone = zone_of(origin=origin, destination=destination)
    if parcel.live and zone != Zone.PROVINCE:
        return Quote(zone, refusal=_refused_alive(origin))
    tariff = table.get(zone)
    if tariff is None:
        return Quote(zone, refusal=_("Hiện chưa có phí giao cho nơi nhận này."))
    return Quote(
        zone,
        charge=charge_of(tariff=tariff, weight_g=parcel.weight_g, goods=parcel.goods),
        first_day=day + timedelta(days=tariff.days_from),
        last_day=day + timedelta(days=tariff.days_to),
        free_from=tariff.free_from,
    )


def _refused_alive(origin: Producer) -> str:
    words = _("Hàng còn sống chỉ giao được trong %(province)s. Bạn bỏ món này ra hoặc chọn nơi nhận khác.")
    return words % {"province": origin.province.display_name}
