"""Loads OCOP's groups, classes and sets (catalogue/data/taxonomy.json) into Oscar's category tree."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from producers.places import fold

from .models import Category, Level

DATA = Path(__file__).parent / "data"

#: Classes have Vietnamese short names only; these are our translations of them.
CLASS_NAMES_EN = {
    1: "Fresh food",
    2: "Raw and semi-processed food",
    3: "Processed food",
    4: "Seasonings",
    5: "Tea",
    6: "Coffee and cocoa",
    7: "Alcoholic drinks",
    8: "Soft drinks",
    9: "Functional food and medicine",
    10: "Cosmetics",
    11: "Essential oils and other herbs",
    12: "Handicrafts",
    13: "Textiles and garments",
    14: "Flowers",
    15: "Ornamental plants",
    16: "Ornamental animals",
    17: "Tourism services",
}


@transaction.atomic
def load_categories() -> None:
    """Make the tree once, keyed by code (group-1, class-5, set-11); loading again mends names and flags."""
    data = json.loads((DATA / "taxonomy.json").read_text(encoding="utf-8"))
    names_en = CLASS_NAMES_EN
    for group in data["groups"]:
        root = _node(None, "group", group["no"], group["name_vi"], group["name_en"], [], slug=group["slug"])
        for cls in (c for c in data["classes"] if c["group"] == group["no"]):
            node = _node(root, "class", cls["no"], cls["name_vi"], names_en[cls["no"]], [])
            for row in (s for s in data["sets"] if s["no"] in cls["sets"]):
                _node(node, "set", row["no"], row["name_vi"], row["name_en"], row["flags"])
    get_model("catalogue", "ProductClass").objects.get_or_create(
        slug="dac-san", defaults={"name": "Đặc sản", "track_stock": True, "requires_shipping": True}
    )
    get_model("catalogue", "ProductClass").objects.get_or_create(
        slug="dich-vu", defaults={"name": "Dịch vụ", "track_stock": False, "requires_shipping": False}
    )


def _node(
    parent: Category | None,
    level: str,
    number: int,
    name: str,
    name_en: str,
    flags: list[str],
    *,
    slug: str = "",
) -> Category:
    code = f"{level}-{number}"
    slug = slug or slugify(fold(name))
    facts: dict[str, Any] = {"name": name, "name_en": name_en, "flags": flags, "number": number}
    node: Category | None = Category.objects.filter(code=code).first()
    if node is None:
        if Category.objects.filter(slug=slug).exists():
            slug = f"{slug}-{ {'class': 'nhom', 'set': 'bo'}[level] }-{number}"
        fresh = {"code": code, "slug": slug, **facts}
        added: Category = parent.add_child(**fresh) if parent else Category.add_root(**fresh)
        assert added.depth == Level[level.upper()]
        return added
    if any(getattr(node, field) != value for field, value in facts.items()):
        for field, value in facts.items():
            setattr(node, field, value)
        node.save()
    return node
