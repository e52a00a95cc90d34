"""Components that are drawn once: their HTML depends on the values given and on the language, on nothing else."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = {"components/card.html": 4_096, "components/facets.html": 64}
"""How many drawings of each component a process keeps: about 10 MB, when full."""

Values = tuple[tuple[str, Any], ...]


def _drawer(name: str) -> Callable[[str | None, Values], SafeString]:
    def draw(language: str | None, values: Values) -> SafeString:
        return render_to_string(name, dict(values))

    return lru_cache(maxsize=MOST[name])(draw)


_drawers = {name: _drawer(name) for name in MOST}


def drawn(name: str, values: dict[str, Any]) -> SafeString:
    """The component's HTML. Values are hashable, lists of such count as tuples; raises KeyError for other components.

    With DEBUG nothing is kept, so that templates can be worked on.
    """
    if settings.DEBUG:
        return render_to_string(name, values)
    fixed = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return _drawers[name](get_language(), tuple(fixed.items()))
