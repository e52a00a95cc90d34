"""The index: its settings, its mapping, and a document as it is sent. Pure: talks to nobody.

All analysis happens in Python (search/text): a text goes in as its tokens between spaces, once with marks and once
without, and Elasticsearch only splits at the spaces. So every engine and every Elasticsearch has the same words.
"""

import hashlib
import json
from typing import Any

from search.bands import band
from search.document import Document
from search.text.tokens import field, fold
from search.words import LONGEST, name_order, name_size

SCHEMA = 2
"""Raised with every change of the mapping or of what stands in a document; an older index has to be made anew."""

TEXTS = ("name", "producer", "places", "category", "description")
"""The texts that are searched, in the order of search.models.Field."""

_WORDS = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "positions"}
_PREFIXES = {"index_prefixes": {"min_chars": 1, "max_chars": 6}}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}
_CODES = ("province", "former_province", "place", "region", "group", "cls", "set", "form", "price_band")

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_meta": {"schema": SCHEMA},
    "properties": {
        "id": {"type": "long"},
        "listed": {"type": "boolean"},
        "producer_id": {"type": "long"},
        **{code: {"type": "keyword"} for code in _CODES},
        "price": {"type": "long"},
        "in_stock": {"type": "boolean"},
        "adult": {"type": "boolean"},
        "sold": {"type": "long"},
        "opinion": {"type": "integer"},
        "name_order": {"type": "long"},
        "name_size": {"type": "integer"},
        "head": {"type": "keyword"},
        **dict.fromkeys(TEXTS, _SHOWN),
        **{f"{text}_exact": _WORDS for text in TEXTS},
        **{f"{text}_folded": _WORDS for text in TEXTS},
        "name_begun": {**_WORDS, **_PREFIXES},
        "producer_begun": {**_WORDS, **_PREFIXES},
        "stars": {
            "type": "nested",
            "properties": {
                "first": {"type": "date", "format": "yyyy-MM-dd"},
                "last": {"type": "date", "format": "yyyy-MM-dd"},
                "stars": {"type": "byte"},
            },
        },
        "checksum": {"type": "keyword"},
    },
}
"""`stars` holds the windows in which a product carries a star; a day is asked for in the query, never stored."""

SETTINGS: dict[str, Any] = {"number_of_shards": 1, "refresh_interval": "1s", "max_result_window": 10_000}


def source(document: Document) -> dict[str, Any]:
    """What is sent for a listed product. Texts are kept as they are, for ranking and highlighting."""
    name = field(document.name)
    texts = {text: getattr(document, text) for text in TEXTS}
    sent: dict[str, Any] = {
        "id": document.id,
        "listed": True,
        "producer_id": document.producer_id,
        "province": document.province,
        "former_province": document.former_province,
        "place": f"{document.province}:{document.former_province}",
        "region": document.region,
        "group": document.group,
        "cls": document.cls,
        "set": document.set,
        "form": document.form,
        "price": document.price,
        "price_band": band(document.price),
        "in_stock": document.in_stock,
        "adult": document.adult,
        "sold": document.sold,
        "opinion": document.opinion,
        "name_order": name_order(document.name),
        "name_size": name_size(document.name),
        "head": name.folded[0][:LONGEST] if name.folded else "",
        **texts,
        **{f"{key}_exact": _spaced(field(text).exact) for key, text in texts.items()},
        **{f"{key}_folded": _spaced(field(text).folded) for key, text in texts.items()},
        "name_begun": fold(document.name),
        "producer_begun": fold(document.producer),
        "stars": [
            {"first": span.first.isoformat(), "last": span.last.isoformat(), "stars": span.stars}
            for span in document.spans
        ],
    }
    return sent | {"checksum": checksum(sent)}


def tombstone(key: int) -> dict[str, Any]:
    """What is sent for a product that is gone: its number keeps late deliveries from bringing it back."""
    return {"id": key, "listed": False}


def checksum(sent: dict[str, Any]) -> str:
    """Equal for equal documents; compared by `search_index check`."""
    return hashlib.blake2b(json.dumps(sent, sort_keys=True).encode(), digest_size=8).hexdigest()


def _spaced(words: tuple[str, ...]) -> str:
    return " ".join(word[:LONGEST] for word in words)
