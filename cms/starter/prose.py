"""Turns the plain text of data files into the blocks of a page.

Blocks are separated by empty lines. `## ` and `### ` are headings, lines with `- ` or `1. ` a list,
`> words | who` a quotation, `! kind | strong | text` a box, lines with `= label | value` a table of facts,
`![alt | caption](scene)` a drawn landscape, `{{ key }}` a product; everything else is a paragraph.
Inside a line: **bold** and [words](address).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.html import escape

Block = dict[str, Any]

PICTURE = re.compile(r"!\[(?P<alt>[^|\]]*)(?:\|(?P<caption>[^\]]*))?\]\((?P<scene>\w+)\)")
PRODUCT = re.compile(r"\{\{\s*(?P<key>[\w-]+)\s*\}\}")
NUMBERED = re.compile(r"\d+\. ")


def blocks(text: str, *, products: Mapping[str, int] | None = None) -> list[Block]:
    """The stream of a page; `products` gives the id behind each `{{ key }}`. KeyError for an unknown key."""
    parts = [_block(part.strip(), products or {}) for part in re.split(r"\n\s*\n", text.strip())]
    return list(_joined(parts))


def _joined(parts: list[Block]) -> Iterator[Block]:
    """Neighbouring paragraphs, headings and lists are one piece of text for editors."""
    for kind, group in groupby(parts, key=lambda part: part["type"]):
        if kind == "text":
            yield {"type": "text", "value": "".join(part["value"] for part in group)}
        else:
            yield from group


def _block(part: str, products: Mapping[str, int]) -> Block:
    if picture := PICTURE.fullmatch(part):
        return {
            "type": "picture",
            "value": {name: (value or "").strip() for name, value in picture.groupdict().items()},
        }
    if product := PRODUCT.fullmatch(part):
        return {"type": "product", "value": {"product": products[product["key"]]}}
    for sign, make in _SIGNS.items():
        if part.startswith(sign):
            return make(part)
    return {"type": "text", "value": _html(part)}


def _alert(part: str) -> Block:
    kind, strong, text = (piece.strip() for piece in part[2:].split("|", 2))
    return {"type": "alert", "value": {"kind": kind, "strong": strong, "text": text}}


def _facts(part: str) -> Block:
    rows = [line[2:].split("|", 1) for line in part.splitlines()]
    values = [{"label": label.strip(), "value": value.strip()} for label, value in rows]
    return {"type": "facts", "value": {"rows": values}}


def _quote(part: str) -> Block:
    text, _bar, who = part[2:].partition("|")
    return {"type": "quote", "value": {"text": text.strip(), "who": who.strip()}}


_SIGNS: dict[str, Callable[[str], Block]] = {"! ": _alert, "= ": _facts, "> ": _quote}


def _html(part: str) -> str:
    lines = part.splitlines()
    for sign, tag in (("### ", "h3"), ("## ", "h2")):
        if part.startswith(sign):
            return f"<{tag}>{_inline(part.removeprefix(sign))}</{tag}>"
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(NUMBERED.match(line) for line in lines):
        return (
            "<ol>"
            + "".join(f"<li>{_inline(NUMBERED.sub('', line, count=1))}</li>" for line in lines)
            + "</ol>"
        )
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    return re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', bold)
