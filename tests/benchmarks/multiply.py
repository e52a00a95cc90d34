"""The synthetic catalogue many times over, by SQL: `python -m tests.benchmarks.multiply 1000000`.

Every copy has a name, a maker, a price, a stock, stars and windows of its own, drawn from those of the originals, so
that texts are not the same sixty times; a producer keeps about two products. Only the catalogue's tables grow. Those of
the database engine (search_entry, search_posting …) keep the originals, from which the words that the shop knows are
made. The copies have no change numbers: giving them one is the rebuild's work as well.
"""

import sys
from datetime import date
from typing import Any

import django

STRIDE = 100_000
"""Above every key of the originals: a copy's key is the original's and STRIDE for every turn."""

# `pick` draws a number below `most` from a key, the turn and a salt, alike in every run.
_PREPARE = """
    SET session_replication_role = replica;  -- no foreign keys are checked: they are those of the originals
    CREATE FUNCTION pg_temp.pick(key bigint, turn bigint, salt int, most bigint) RETURNS bigint
        LANGUAGE sql IMMUTABLE
        AS $$ SELECT (hashint8extended(key * 4096 + turn, salt) & 9223372036854775807) % most $$;
    CREATE TEMPORARY TABLE place AS
        SELECT row_number() OVER (ORDER BY id) - 1 AS at, id, province_id FROM producers_formerprovince;
    CREATE TEMPORARY TABLE maker AS
        SELECT row_number() OVER (ORDER BY id) - 1 AS at, regexp_replace(name, ' \\d+$', '') AS name
        FROM partner_partner;
    CREATE TEMPORARY TABLE original AS
        SELECT row_number() OVER (ORDER BY id) AS at, id FROM catalogue_product WHERE parent_id IS NULL;
    CREATE TEMPORARY TABLE copy AS
        SELECT turn, id FROM original, generate_series(1, {turns}) AS turn WHERE turn * {base} + at <= {size};
    CREATE TEMPORARY TABLE tail (at bigint, words text);
    ANALYZE place; ANALYZE maker; ANALYZE copy;
"""
_TAILS = "INSERT INTO tail SELECT at - 1, words FROM unnest(%s::text[]) WITH ORDINALITY AS t (words, at)"

_MAKERS = """
    CROSS JOIN generate_series(1, {turns}) AS turn
    JOIN maker ON maker.at = pg_temp.pick(o.id, turn, 1, {makers})
"""
_PRODUCERS = """
    CROSS JOIN generate_series(1, {turns}) AS turn
    JOIN place ON place.at = pg_temp.pick(o.partner_id, turn, 2, {places})
"""
# The first half of the original's name, by which its set was chosen, and one or two other second halves.
_PRODUCTS = """
    JOIN copy ON copy.id = coalesce(o.parent_id, o.id)
    LEFT JOIN producers_producer made ON made.partner_id = o.producer_id + copy.turn * {stride}
    LEFT JOIN producers_formerprovince former ON former.id = made.former_province_id
    CROSS JOIN LATERAL (SELECT string_to_array(o.title, ' ') AS words) AS cut
    JOIN tail AS first ON first.at = pg_temp.pick(o.id, copy.turn, 3, {tails})
    JOIN tail AS second ON second.at = pg_temp.pick(o.id, copy.turn, 4, {tails})
    CROSS JOIN LATERAL (
        SELECT left(concat_ws(' ', array_to_string(cut.words[1:(cardinality(cut.words) + 1) / 2], ' '), first.words,
            CASE WHEN pg_temp.pick(o.id, copy.turn, 5, 3) = 0 THEN second.words END), 255) AS title
    ) AS named
"""
_OF_PRODUCTS = "JOIN copy ON copy.id = o.product_id"
_STOCK = """
    JOIN catalogue_product sold ON sold.id = o.product_id
    JOIN copy ON copy.id = coalesce(sold.parent_id, sold.id)
"""
_RATINGS = """
    JOIN copy ON copy.id = o.product_id
    CROSS JOIN LATERAL (
        SELECT date '{day}' - 1 - pg_temp.pick(o.id, copy.turn, 6, 1824)::int AS issued,
            CASE WHEN luck < 70 THEN 3 WHEN luck < 98 THEN 4 ELSE 5 END AS stars
        FROM pg_temp.pick(o.id, copy.turn, 7, 100) AS luck
    ) AS drawn
"""


def multiply(*, size: int, day: date) -> None:
    """Copies until there are `size` listed products as of `day`, then what the planner needs to know of them."""
    from django.db import connection

    from catalogue.models import Product
    from producers.models import FormerProvince, Producer
    from tests.benchmarks.synthetic import words

    base = Product.objects.listed().count()
    tails = words().tails
    numbers: dict[str, Any] = {
        "day": day,
        "base": base,
        "size": size,
        "turns": -(-size // base) - 1,
        "stride": STRIDE,
        "makers": Producer.objects.count(),
        "places": FormerProvince.objects.count(),
        "tails": len(tails),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE.format(**numbers))
        cursor.execute(_TAILS, [tails])
        for model, joined, changed in _copies():
            _copy(cursor, model, joined.format(**numbers), changed)
        cursor.execute("ANALYZE")


def _copies() -> list[tuple[Any, str, dict[str, str]]]:
    """Each table, what its rows are drawn from, and the columns that differ from the original's."""
    from oscar.core.loading import get_model

    from catalogue.models import Product, ProductCategory, ProductImage, Rating
    from producers.models import Producer

    new = f"+ copy.turn * {STRIDE}"
    own = {"id": f"o.id {new}", "product_id": f"o.product_id {new}"}
    maker = f"+ turn * {STRIDE}"
    return [
        (
            get_model("partner", "Partner"),
            _MAKERS,
            {
                "id": f"o.id {maker}",
                "code": "o.code || '-' || turn",
                "name": "left(maker.name, 120) || ' ' || o.id",
            },
        ),
        (
            Producer,
            _PRODUCERS,
            {
                "partner_id": f"o.partner_id {maker}",
                "slug": "left(o.slug, 130) || '-' || turn",
                "former_province_id": "place.id",
                "province_id": "place.province_id",
            },
        ),
        (Product, _PRODUCTS, _product(new)),
        (ProductCategory, _OF_PRODUCTS, own),
        (ProductImage, _OF_PRODUCTS, own),
        (Rating, _RATINGS, own | _rating()),
        (
            get_model("partner", "StockRecord"),
            _STOCK,
            own
            | {
                "partner_id": f"o.partner_id {new}",
                "partner_sku": f"'B' || o.product_id {new}",
                "price": "1000 * (20 + pg_temp.pick(o.id, copy.turn, 8, 880))",
                "num_in_stock": "(ARRAY[0, 5, 40, 40, 100])[1 + pg_temp.pick(o.id, copy.turn, 9, 5)]",
            },
        ),
    ]


def _product(new: str) -> dict[str, str]:
    listed = "CASE WHEN o.parent_id IS NULL THEN {} ELSE '' END"
    return {
        "id": f"o.id {new}",
        "parent_id": f"o.parent_id {new}",
        "producer_id": "made.partner_id",
        "province_id": "made.province_id",
        "former_province_id": "made.former_province_id",
        "title": listed.format("named.title"),
        "slug": "left(o.slug, 240) || '-' || copy.turn",
        "origin_text": "coalesce(former.name, '')",
        "description": listed.format("repeat(format('%s, làm tại %s. ', named.title, former.name), 3)"),
    }


def _rating() -> dict[str, str]:
    """As tests.benchmarks.synthetic has them; a revoked one stays so."""
    return {
        "number": "o.number || '-' || copy.turn",
        "stars": "drawn.stars",
        "five_star_candidate": "o.five_star_candidate AND drawn.stars = 4",
        "issued_on": "drawn.issued",
        "ends_on": "(drawn.issued + make_interval(months => o.months))::date",
        "revoked_on": "CASE WHEN o.revoked_on IS NULL THEN NULL ELSE drawn.issued + 200 END",
    }


def _copy(cursor: Any, model: Any, joined: str, changed: dict[str, str]) -> None:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(column, f"o.{column}") for column in columns)
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} o {joined}")
    key = model._meta.pk.column
    if key == "id":
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


if __name__ == "__main__":
    django.setup()
    from marketplace import clock

    multiply(size=int(sys.argv[1]), day=clock.today())
