"""Producers of the list, registered as the shop registers any producer."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from marketplace.demo.loading.progress import Progress, chunks
from marketplace.demo.makers import MakerFacts, makers_of
from marketplace.demo.rows import Row
from producers.models import Commune, FormerProvince, Producer, ProducerForm, Province
from producers.registration import register_producer

CHUNK = 100


def load_producers(rows: tuple[Row, ...], *, progress: Progress) -> dict[str, Producer]:
    """All producers by the maker's key; those that are missing are registered."""
    makers = makers_of(rows)
    codes = {maker.key: code for code, maker in _coded(makers.values())}
    known = _known(codes)
    missing = [maker for key, maker in makers.items() if key not in known]
    places = _Places(missing)
    for chunk in progress.over(list(chunks(missing, CHUNK)), "Nhà sản xuất") if missing else ():
        with transaction.atomic():
            known |= {maker.key: _register(maker, codes[maker.key], places) for maker in chunk}
    return known


def _coded(makers: Iterable[MakerFacts]) -> Iterable[tuple[str, MakerFacts]]:
    """Partner codes in the order of the list, which never changes."""
    return ((f"DEMO-NSX-{number:04d}", maker) for number, maker in enumerate(makers, start=1))


def _known(codes: Mapping[str, str]) -> dict[str, Producer]:
    found = Producer.objects.select_related("partner").filter(partner__code__startswith="DEMO-NSX-")
    by_code = {producer.partner.code: producer for producer in found}
    return {key: by_code[code] for key, code in codes.items() if code in by_code}


class _Places:
    """Places by code, read once."""

    def __init__(self, makers: list[MakerFacts]) -> None:
        self.provinces = {place.code: place for place in Province.objects.all()}
        self.former = {place.code: place for place in FormerProvince.objects.all()}
        wanted = [maker.commune_code for maker in makers if maker.commune_code]
        self.communes = {place.code: place for place in Commune.objects.filter(code__in=wanted)}


def _register(maker: MakerFacts, code: str, places: _Places) -> Producer:
    return register_producer(
        name=maker.name,
        code=code,
        form=ProducerForm(maker.form),
        province=places.provinces[maker.province_code],
        former_province=places.former[maker.former_code],
        commune=places.communes.get(maker.commune_code or ""),
        place_text=maker.place_text,
        about=maker.about,
        email=maker.email,
        website=maker.website,
        is_demo=maker.sample,
    )
