"""Loads the shop's first table of charges; staff's later changes are left alone."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "tariffs.json"


def read_tariffs() -> list[dict[str, Any]]:
    """The rows of the file: the fields of Tariff by name."""
    rows: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["tariffs"]
    return rows


def load_tariffs() -> None:
    """Add the zones that have no row yet."""
    from .models import Tariff

    Tariff.objects.bulk_create([Tariff(**row) for row in read_tariffs()], ignore_conflicts=True)
