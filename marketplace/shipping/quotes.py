"""What it costs and how long it takes to bring the goods of one producer to a buyer. Plain values in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue.models import Reach
from producers.models import Commune, Producer, Province

from .models import ProducerTerms, Tariff, Way, Zone

DEFAULT_WEIGHT_G = 500  # of a product that states none


@dataclass(frozen=True)
class Destination:
    """Where goods go. Without a commune it is an estimate for the province's mainland."""

    province: Province
    commune: Commune | None = None


@dataclass(frozen=True)
class Parcel:
    """What one producer sends: grams, cubic centimetres, goods in whole đồng, how far it may go."""

    weight_g: int
    goods: Decimal
    volume_cm3: int = 0
    reach: Reach = Reach.EVERYWHERE

    def charged_g(self, divisor: int) -> int:
        """Grams that count: the parcel's own, or those of its volume (cm³ / divisor = kg) if they are more."""
        return max(self.weight_g, -(-self.volume_cm3 * 1000 // divisor))


@dataclass(frozen=True)
class Quote:
    """Charge in whole đồng and the days of arrival; or, with `refusal`, why it cannot be sent there.

    `free_from` is the producer's goods total from which sending is free, or None. A pick-up has no zone, no charge
    and no grams; its days are those between which the goods lie ready.
    """

    zone: Zone | None
    charge: Decimal = Decimal(0)
    charged_weight_g: int = 0
    first_day: date | None = None
    last_day: date | None = None
    free_from: Decimal | None = None
    refusal: str = ""
    way: Way = Way.DELIVERY


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


def charge_of(*, tariff: Tariff, weight_g: int, goods: Decimal, free_from: Decimal | None) -> Decimal:
    """Whole đồng for a parcel: the base price, and the step price for every step begun above the base weight."""
    if free_from is not None and goods >= free_from:
        return Decimal(0)
    above = max(weight_g - tariff.base_weight_g, 0)
    steps = -(-above // tariff.step_weight_g)
    return tariff.base_price + steps * tariff.step_price


def tariffs() -> dict[str, Tariff]:
    """The whole table by zone, in one query."""
    return {tariff.zone: tariff for tariff in Tariff.objects.all()}


def quote(
    *,
    terms: ProducerTerms,
    destination: Destination,
    parcel: Parcel,
    day: date,
    table: Mapping[str, Tariff],
) -> Quote:
    """Price and days for sending a parcel of `terms.producer` that is ordered on `day`."""
    zone = zone_of(origin=terms.producer, destination=destination)
    refusal = refusal_of(terms=terms, reach=parcel.reach, destination=destination)
    tariff = table.get(zone)
    if not refusal and tariff is None:
        refusal = _("Hiện chưa có phí giao cho nơi nhận này.")
    if refusal or tariff is None:
        return Quote(zone, refusal=refusal)
    weight = parcel.charged_g(tariff.volume_divisor)
    free_from = tariff.free_from if terms.free_from is None else terms.free_from
    return Quote(
        zone,
        charge=charge_of(tariff=tariff, weight_g=weight, goods=parcel.goods, free_from=free_from),
        charged_weight_g=weight,
        first_day=day + timedelta(days=tariff.days_from),
        last_day=day + timedelta(days=tariff.days_to),
        free_from=free_from,
    )


def quote_pickup(*, terms: ProducerTerms, day: date) -> Quote:
    """The days on which goods ordered on `day` lie ready at the producer's; it costs nothing."""
    ready = day + timedelta(days=terms.pickup_ready_days)
    last = ready + timedelta(days=terms.pickup_keep_days)
    return Quote(None, first_day=ready, last_day=last, way=Way.PICKUP)


def refusal_of(*, terms: ProducerTerms, reach: Reach, destination: Destination | None) -> str:
    """Why goods of this reach are not sent there, and what can be done; empty if they are.

    Without a destination only what is sent nowhere is refused.
    """
    origin = terms.producer.province
    if reach == Reach.EVERYWHERE or (reach == Reach.PROVINCE and destination is None):
        return ""
    if reach == Reach.PROVINCE and destination and destination.province.pk == origin.pk:
        return ""
    if reach == Reach.PICKUP:
        if terms.offers_pickup:
            return _("Có món chỉ nhận tại nơi bán, không giao.")
        return _("Có món chỉ nhận tại nơi bán, mà nhà này chưa đón khách đến nhận. Bạn bỏ món đó ra nhé.")
    if terms.offers_pickup:
        words = _(
            "Có món chỉ giao được trong %(province)s. Bạn chọn nhận tại nơi bán, hoặc chọn nơi nhận khác."
        )
    else:
        words = _("Có món chỉ giao được trong %(province)s. Bạn bỏ món đó ra hoặc chọn nơi nhận khác.")
    return words % {"province": origin.display_name}
