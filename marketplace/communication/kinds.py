"""The kinds of messages that the shop knows. Each belongs to the package that has something to tell.

A kind named `order_placed` has three templates in templates/communication/order_placed/: `subject.txt`, `body.txt`,
and `body.html`. Nothing private stands in a subject: it is read on locked screens and over shoulders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Context = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`context` and `sample` are called with the recipient's language active, outside transactions.

    `context` finds the rows again by the message's data and gives what the templates need, or None when there is
    nothing to tell any more; it may run several times and changes nothing. `link` in it, a path as `reverse` gives
    it, is where the notification on the pages leads. `sample` gives such a context of invented people and things.
    A `farewell` is the last that somebody is told: its address is forgotten soon.
    """

    name: str
    title: Any
    context: Callable[[Mapping[str, Any]], Context | None]
    sample: Callable[[], Context]
    farewell: bool = False


class UnknownKind(LookupError):
    """No package registered a kind of this name."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; called from a module `messages` that its package imports when it is ready."""
    _kinds[kind.name] = kind


def named(name: str) -> Kind:
    """The kind of this name; raises UnknownKind."""
    if name not in _kinds:
        raise UnknownKind(name)
    return _kinds[name]


def every() -> list[Kind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
