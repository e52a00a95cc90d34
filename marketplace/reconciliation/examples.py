"""Loads the example layouts; what staff changed since is left alone."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "layouts" / "examples.toml"


def read_examples() -> list[dict[str, Any]]:
    """The fields of FileLayout by name; `carrier` is a name."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["layout"]
    return rows


def add_examples(layouts: Any, carriers: Any) -> None:
    """Add those that are not there by name, and their carriers. Given the models, as migrations have their own."""
    for row in read_examples():
        name = row.pop("carrier", None)
        if layouts.objects.filter(name=row["name"]).exists():
            continue
        carrier = carriers.objects.get_or_create(name=name)[0] if name else None
        layouts.objects.create(carrier=carrier, **row)
