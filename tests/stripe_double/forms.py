"""Form-encoded requests with nested brackets, as Stripe's API takes them (https://docs.stripe.com/api):
`metadata[order]=7`, `expand[]=a`, `expand[0]=a`, `created[gte]=1`.
"""

import re
from typing import Any
from urllib.parse import parse_qsl

PART = re.compile(r"\[([^\]]*)\]")


class Malformed(Exception):
    """A name that uses a key both as a value and as a group, or brackets that do not close."""


def parse(text: str) -> dict[str, Any]:
    """Nested dictionaries and lists of strings; empty values stay, since they mean "unset"."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, _, rest = name.partition("[")
        parts = [head, *PART.findall("[" + rest)] if rest else [head]
        place(tree, parts, value)
    return {name: listed(branch) for name, branch in tree.items()}


def place(tree: dict[str, Any], parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        tree = tree.setdefault(part, {})
        if not isinstance(tree, dict):
            raise Malformed("[".join(parts))
    last = parts[-1]
    if last == "":
        last = str(len(tree))
    if isinstance(tree.get(last), dict):
        raise Malformed("[".join(parts))
    tree[last] = value


def listed(branch: Any) -> Any:
    """Groups whose keys count from 0 are lists."""
    if not isinstance(branch, dict):
        return branch
    inner = {name: listed(value) for name, value in branch.items()}
    if inner and list(inner) == [str(place) for place in range(len(inner))]:
        return list(inner.values())
    return inner
