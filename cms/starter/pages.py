"""Loads the home page, help and legal texts of cms/data/pages and a text for each region, in both languages.

Every start of a new version loads again, so a page once made is the editors': it may be rewritten, renamed, moved or
deleted, and is not made a second time. Only pages that are new in the files are added.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import StoryIndexPage, TextIndexPage, TextPage
from marketplace.audit.models import Entry, record

from .prose import blocks
from .tree import LANGUAGES, ensure_homes, ensure_page, ensure_translation

DATA = Path(__file__).parents[1] / "data"

BEGUN = "cms.starter.page"
KINDS: dict[str, type[Page]] = {"text": TextPage, "texts": TextIndexPage, "stories": StoryIndexPage}


@transaction.atomic
def load_pages() -> int:
    """Make the pages that this shop has never had, below parents that it still has; returns how many."""
    homes, made = ensure_homes({language: _home(language) for language in LANGUAGES})
    parents: dict[str, dict[str, Page]] = {"": dict(homes)}
    begun = _begun()
    for entry in read_pages():
        below = parents.get(entry.get("parent", ""))
        if entry["slug"] in begun:
            kept = _kept(begun[entry["slug"]])
        elif below:
            kept, new = _make(entry, below)
            made += new
        else:
            continue
        if len(kept) == len(LANGUAGES):
            parents[entry["slug"]] = kept
    return made


def _make(entry: dict[str, Any], below: dict[str, Page]) -> tuple[dict[str, Page], int]:
    """The page and its translation, noted so that they are made once; and how many of the two are new."""
    model = KINDS[entry["kind"]]
    page, new = ensure_page(model, parent=below["vi"], slug=entry["slug"], **_fields(entry, "vi"))
    english, also = ensure_translation(page, parent=below["en"], **_fields(entry, "en"))
    record(action=BEGUN, target=page, after={"slug": entry["slug"]})
    return {"vi": page, "en": english}, new + also


def _begun() -> dict[str, str]:
    """The keys of the pages made before, by the names of their files; editors may have moved or deleted them."""
    return {
        entry.after["slug"]: entry.object_id for entry in Entry.objects.filter(action=BEGUN) if entry.after
    }


def _kept(key: str) -> dict[str, Page]:
    """What editors have left of a page and its translation, by language."""
    page = Page.objects.filter(pk=key).first()
    if page is None:
        return {}
    both = page.get_translations(inclusive=True).select_related("locale")
    return {one.locale.language_code: one.specific for one in both}


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
