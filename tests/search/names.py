"""The names of places, sets and producer forms as the shop's data holds them, without a database."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from search.understanding import CategoryName, Gazetteer, PlaceName, PlaceSource, Strength

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)


def _read(path: str) -> Any:
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build(places=_place_names(), categories=_categories(), forms=_forms())


def _place_names() -> list[PlaceName]:
    places = _read("producers/data/provinces.json")
    found = []
    for source, key in ((PlaceSource.PROVINCE, "current"), (PlaceSource.FORMER_PROVINCE, "former")):
        for entry in places[key]:
            named = [(entry["name"], Strength.NAME), (entry["full_name"], Strength.NAME)]
            named += [(text, Strength.ALIAS) for text in entry["aliases"]]
            named += [(text, Strength.NICKNAME) for text in entry["nicknames"]]
            found += [PlaceName(text, strength, source, entry["code"]) for text, strength in named]
    for entry in places["places"]:
        text = entry["place"].split(" (")[0]
        found.append(PlaceName(text, Strength.SPECIALTY, PlaceSource.FORMER_PROVINCE, entry["former_code"]))
    return found


def _categories() -> list[CategoryName]:
    taxonomy = _read("catalogue/data/taxonomy.json")
    found = [CategoryName(entry["name_vi"], f"set:{entry['no']}") for entry in taxonomy["sets"]]
    found += [CategoryName(entry["name_vi"], f"class:{entry['no']}") for entry in taxonomy["classes"]]
    return found + [CategoryName(entry["name_vi"], f"group:{entry['no']}") for entry in taxonomy["groups"]]


def _forms() -> list[CategoryName]:
    types = _read("catalogue/data/taxonomy.json")["producer_types"]
    return [CategoryName(entry["vi"], entry["code"]) for entry in types]
