"""Loads the home page, help and legal texts of cms/data/pages and a text for each region, in both languages.

Running it again adds what is missing and changes nothing that is there.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import StoryIndexPage, TextIndexPage, TextPage

from .prose import blocks
from .regions import load_region_texts
from .tree import LANGUAGES, ensure_homes, ensure_page, ensure_translation

DATA = Path(__file__).parents[1] / "data"

KINDS: dict[str, type[Page]] = {"text": TextPage, "texts": TextIndexPage, "stories": StoryIndexPage}


@transaction.atomic
def load_pages() -> int:
    """Make what is missing; returns how many."""
    homes, made = ensure_homes({language: _home(language) for language in LANGUAGES})
    parents: dict[str, dict[str, Page]] = {"": dict(homes)}
    for entry in read_pages():
        below = parents[entry.get("parent", "")]
        model = KINDS[entry["kind"]]
        page, new = ensure_page(model, parent=below["vi"], slug=entry["slug"], **_fields(entry, "vi"))
        english, also = ensure_translation(page, parent=below["en"], **_fields(entry, "en"))
        parents[entry["slug"]] = {"vi": page, "en": english}
        made += new + also
    return made + load_region_texts()


def read_pages() -> list[dict[str, Any]]:
    """Every text page on file, parents before their children, in the order of `position`."""
    found = [tomllib.loads(path.read_text("utf-8")) for path in sorted((DATA / "pages").glob("*.toml"))]
    return sorted(found, key=lambda entry: (bool(entry.get("parent")), entry["position"], entry["slug"]))


def _fields(entry: dict[str, Any], language: str) -> dict[str, Any]:
    """The fields of a page from its file."""
    text = entry[language]
    fields = {"title": text["title"], "lead": text["lead"]}
    fields["search_description"] = text.get("description", text["lead"])
    if "body" in text:
        fields["body"] = blocks(text["body"])
    if "in_force_from" in entry:
        fields["in_force_from"] = entry["in_force_from"]
    return fields


def _home(language: str) -> dict[str, Any]:
    """The fields of a home page."""
    text: dict[str, Any] = tomllib.loads((DATA / "home.toml").read_text("utf-8"))[language]
    sections = text.pop("sections")
    text["body"] = [{"type": section.pop("kind"), "value": section or None} for section in sections]
    return text
