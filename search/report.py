"""A result as plain data, for the command line and other programs."""

from typing import Any

from search.models import Entry
from search.query import ProductQuery
from search.result import ProductResult


def shown(result: ProductResult) -> tuple[int, ...]:
    """Ids as a visitor reads them: promoted results, then the others."""
    return tuple(dict.fromkeys([*(promotion.product_id for promotion in result.promoted), *result.ids]))


def report(query: ProductQuery, result: ProductResult) -> dict[str, Any]:
    """query, engine, total, relaxed, filters (what was recognised), and results in order.

    Promoted results come first, and only once. A result holds id, name, producer, star (None without a valid one),
    province and former_province (names), region (code), set_no, price (đồng, None where nothing is sold) and adult.
    """
    return {
        "query": query.text,
        "engine": result.engine,
        "total": result.total,
        "relaxed": [step.value for step in result.relaxed],
        "corrected": result.corrected,
        "promoted": [promotion.product_id for promotion in result.promoted],
        "filters": [
            {"kind": chip.kind.value, "codes": list(chip.codes), "words": chip.words} for chip in result.chips
        ],
        "results": _rows(query, result),
    }


def _rows(query: ProductQuery, result: ProductResult) -> list[dict[str, Any]]:
    entries = (
        Entry.objects.filter(pk__in=shown(result))
        .select_related("text", "product__province", "product__former_province")
        .prefetch_related("spans")
    )
    found = {entry.pk: entry for entry in entries}
    return [_row(query, found[key]) for key in shown(result) if key in found]


def _row(query: ProductQuery, entry: Entry) -> dict[str, Any]:
    product = entry.product
    stars = [s.stars for s in entry.spans.all() if s.first_day <= query.day <= s.last_day]
    return {
        "id": entry.pk,
        "name": entry.text.name,
        "producer": entry.text.producer,
        "star": stars[0] if stars else None,
        "province": product.province.name if product.province else None,
        "former_province": product.former_province.name if product.former_province else None,
        "region": entry.region,
        "set_no": int(entry.set.removeprefix("set-")) if entry.set else None,
        "price": entry.price,
        "adult": entry.adult,
    }
