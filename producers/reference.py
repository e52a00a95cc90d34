"""Loads the places of producers/data/ into the database; loading again changes nothing, or mends.

provinces.json and communes.csv: state of 21 November 2026, after the merger of 1 July 2025
(Resolution 202/2025/QH15) and its later changes.
"""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from marketplace import clock
from marketplace.writes import rows_written

from .models import Commune, FormerProvince, PlaceAlias, PlaceAliasKind, Province, Region
from .places import fold

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_places() -> None:
    """Regions, provinces, former provinces, communes and other names, keyed by their codes."""
    data = json.loads((DATA / "provinces.json").read_text(encoding="utf-8"))
    _load_regions(data["regions"])
    _load_provinces(data["current"])
    _load_former(data["former"])
    _load_aliases(data)
    _load_communes()


def _put_in(rows: list[Any], fields: list[str]) -> None:
    """Rows by their codes: new ones are added, those that differ are mended, and whose names changed is told."""
    model = type(rows[0])
    before = {row.code: row for row in model.objects.all()}
    model.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    known = [(before[row.code], row) for row in rows if row.code in before]
    mended = [old.pk for old, new in known if any(_differ(old, new, field) for field in fields)]
    if mended:
        rows_written.send(sender=model, ids=mended, fields=frozenset(fields))


def _differ(old: Any, new: Any, field: str) -> bool:
    return bool(old.serializable_value(field) != new.serializable_value(field))


def _slug(name: str) -> str:
    return fold(name).replace(",", "").replace(" ", "-")


def _load_regions(rows: list[dict[str, Any]]) -> None:
    _put_in(
        [
            Region(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                slug=_slug(row["name"]),
                macro_region=row["macro_region"],
                position=position,
            )
            for position, row in enumerate(rows)
        ],
        ["name", "name_en", "slug", "macro_region", "position"],
    )


def _load_provinces(rows: list[dict[str, Any]]) -> None:
    regions = {region.code: region for region in Region.objects.all()}
    _put_in(
        [
            Province(
                code=row["code"],
                name=row["name"],
                display_name=row["display_name"],
                full_name=row["full_name"],
                slug=row["slug"],
                type=row["type"],
                region=regions[row["region_code"]],
            )
            for row in rows
        ],
        ["name", "display_name", "full_name", "slug", "type", "region"],
    )


def _load_former(rows: list[dict[str, Any]]) -> None:
    provinces = {province.code: province for province in Province.objects.all()}
    _put_in(
        [
            FormerProvince(
                code=row["code"],
                name=row["name"],
                slug=row["slug"],
                province=provinces[row["current_code"]],
            )
            for row in rows
        ],
        ["name", "slug", "province"],
    )


def _load_aliases(data: dict[str, Any]) -> None:
    """Other names of today's provinces, of former ones where they differ, and the specialty places.

    Loaded once: from then on they are staff's, and what staff dropped or renamed does not come back.
    """
    if PlaceAlias.objects.exists():
        return
    provinces = {province.code: province for province in Province.objects.all()}
    former = {place.code: place for place in FormerProvince.objects.all()}
    rows: dict[tuple[str, str], PlaceAlias] = {}
    for kind, field in ((PlaceAliasKind.ALIAS, "aliases"), (PlaceAliasKind.NICKNAME, "nicknames")):
        for row in data["former"]:
            for text in row[field]:
                rows.setdefault(
                    (text, "former" + row["code"]),
                    PlaceAlias(text=text, kind=kind, former_province=former[row["code"]]),
                )
        for row in data["current"]:
            for text in row[field]:
                rows.setdefault(
                    (text, row["code"]), PlaceAlias(text=text, kind=kind, province=provinces[row["code"]])
                )
    for row in data["places"]:
        rows.setdefault(
            (row["place"], "former" + row["former_code"]),
            PlaceAlias(
                text=row["place"], kind=PlaceAliasKind.SPECIALTY, former_province=former[row["former_code"]]
            ),
        )
    PlaceAlias.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _load_communes() -> None:
    provinces = {province.code: province for province in Province.objects.all()}
    with (DATA / "communes.csv").open(encoding="utf-8", newline="") as file:
        communes = [
            Commune(
                code=row["code"],
                name=row["name"],
                kind=row["type"],
                province=provinces[row["province_code"]],
                formed_from=row["formed_from"],
                folded=fold(row["name"]),
            )
            for row in csv.DictReader(file)
        ]
    _put_in(communes, ["name", "kind", "province", "formed_from", "folded", "until"])
    _end_the_others(communes)


def _end_the_others(listed: list[Commune]) -> None:
    """A commune that has left the list ended the day before it was loaded; addresses that name it stay."""
    gone = Commune.objects.filter(until__isnull=True).exclude(code__in=[row.code for row in listed])
    gone.untold(until=clock.today() - timedelta(days=1))
