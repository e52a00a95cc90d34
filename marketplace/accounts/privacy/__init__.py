"""What the shop knows of a person, section by section; packages above register what they keep.

`register` is called in an app's `ready`. An export asks every section for its part, a deletion lets every section
forget, in the order of registration, and asks beforehand whether something stands in the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Person:
    """Whose data it is. `emails` and `phones` are confirmed ones only: what is not opens nobody's earlier orders."""

    user_id: int
    email: str
    phone: str
    emails: tuple[str, ...]
    phones: tuple[str, ...] = ()

    @property
    def contacts(self) -> tuple[str, ...]:
        """By what they may have agreed to something without an account."""
        return (*self.emails, *self.phones)


@dataclass(frozen=True)
class Section:
    """`export` gives plain values (dicts, lists, texts, numbers, dates, None). `erase` runs in the transaction that
    deletes the account, before its row goes, and bears repeating. `stops` gives the reasons why it may not go yet,
    in the active language."""

    name: str
    title: Promise
    export: Callable[[Person], Any]
    erase: Callable[[Person, datetime], None] | None
    stops: Callable[[Person], list[str]] | None


_sections: dict[str, Section] = {}


def register(
    name: str,
    *,
    title: Promise,
    export: Callable[[Person], Any],
    erase: Callable[[Person, datetime], None] | None = None,
    stops: Callable[[Person], list[str]] | None = None,
) -> None:
    """Add a section. Without `erase` its rows go, or lose their owner, with the account's row (see their keys)."""
    _sections[name] = Section(name, title, export, erase, stops)


def sections() -> list[Section]:
    """All that packages have registered."""
    return list(_sections.values())
