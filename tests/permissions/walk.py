"""Every address that the shop answers to, with something put in for its parameters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

#: What a parameter is, where nothing better is known.
ANYTHING = {"int": 1, "str": "1", "slug": "a", "path": "a", "uuid": "00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True)
class Route:
    """`name` with its namespaces; `parameters` by name, with the names of their converters."""

    name: str
    pattern: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def is_staffs(self) -> bool:
        return self.pattern.startswith(("admin/", "^admin/"))

    def address(self, things: Mapping[str, Any]) -> str:
        """With `things` of the same names as parameters, anything else elsewhere."""
        kwargs = {name: things.get(name, ANYTHING.get(kind, 1)) for name, kind in self.parameters}
        try:
            return reverse(self.name, kwargs=kwargs)
        except NoReverseMatch:
            return "/" + re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)|<[^>]*>", "1", self.pattern).replace(
                "^", ""
            ).replace("$", "")


def routes() -> list[Route]:
    """All of them, each name once; those without a name are Wagtail's catch-alls."""
    found = {route.name: route for route in _walk(get_resolver(), "", "")}
    return [found[name] for name in sorted(found)]


def _walk(resolver: Any, pattern: str, namespace: str) -> Iterator[Route]:
    for part in resolver.url_patterns:
        whole = pattern + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _walk(part, whole, namespace + (f"{part.namespace}:" if part.namespace else ""))
        elif isinstance(part, URLPattern) and part.name:
            yield Route(namespace + part.name, whole, tuple(_parameters(whole)))


def _parameters(pattern: str) -> Iterator[tuple[str, str]]:
    for converter, name in re.findall(r"<(?:(\w+):)?(\w+)>", pattern):
        yield name, converter or "str"
