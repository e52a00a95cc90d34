"""Loads the example layouts; what staff changed since is left alone."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "layouts" / "examples.toml"


def read_examples() -> list[dict[str, Any]]:
    """The fields of FileLayout by name."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["layout"]
    return rows


def add_examples(layouts: Any) -> None:
    """Add those that are not there by name. Given the model, as migrations have their own."""
    for row in read_examples():
        if not layouts.objects.filter(name=row["name"]).exists():
            layouts.objects.create(**row)
