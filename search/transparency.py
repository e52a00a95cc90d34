"""What the page on ranking says: the numbers that are in use now, read from where they are used."""

from datetime import date
from typing import Any

from catalogue.cards import for_visitor
from catalogue.models import Product, product_url

from . import ranking, reference
from .knowledge import MOST_PROMOTED
from .result import Promotion

POINTS = ("found", "one_field", "in_a_row", "whole_name", "head_first", "star", "in_stock", "opinion")
"""The bonuses of search/ranking.py."""


def parameters_in_use(*, day: date, adult: bool) -> dict[str, Any]:
    """Weights of the texts and bonuses (points), limits, and promoted results in force, by text and position.

    Alcohol is among these only for visitors who have stated to be 18 or over.
    """
    known = reference.knowledge()
    rows = [row for rows in known.promoted.values() for row in rows if row.is_in_force(day)]
    return {
        "weights": {
            "producer": _of_a_name(ranking.PRODUCER),
            "place": _of_a_name(ranking.PLACE),
            "category": _of_a_name(ranking.CATEGORY),
            "description": _of_a_name(ranking.DESCRIPTION),
        },
        "points": {name: _shortest(getattr(ranking, name.upper())) for name in POINTS},
        "doubt": ranking.DOUBT,
        "usual": _shortest(ranking.USUAL),
        "first_page": ranking.FIRST_PAGE,
        "most_of_one_producer": ranking.MOST_OF_ONE_PRODUCER,
        "most_ranked": ranking.MOST_RANKED,
        "most_promoted": MOST_PROMOTED,
        "promoted": _promoted(adult, sorted(rows, key=lambda row: (row.text, row.position, row.product_id))),
    }


def _of_a_name(weight: float) -> int:
    """Percent of what the same word counts in a product's name."""
    return round(100 * weight / ranking.NAME)


def _shortest(points: float) -> float:
    return int(points) if points.is_integer() else points


def _promoted(adult: bool, rows: list[Promotion]) -> list[dict[str, Any]]:
    listed = for_visitor(Product.objects.listed(), adult=adult).in_bulk([row.product_id for row in rows])
    return [
        {
            "text": row.text,
            "title": listed[row.product_id].title,
            "url": product_url(row.product_id, listed[row.product_id].slug or "-"),
            "reason": row.reason,
        }
        for row in rows
        if row.product_id in listed
    ]
