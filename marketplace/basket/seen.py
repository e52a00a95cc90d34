"""What a buyer saw of a basket: kept in the form, signed, so that a page can say what has changed since.

The form can neither invent it nor read more into it than lines, charges and their sums.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="marketplace.basket.seen")
LONGEST = 100_000


@dataclass(frozen=True)
class SeenLine:
    """Pieces of a stock record, and what they cost together in whole đồng."""

    record: int
    quantity: int
    price: int


@dataclass(frozen=True)
class SeenPart:
    """How a producer's goods come, and the charge in whole đồng; None while it was unknown."""

    producer: int
    way: str
    charge: int | None


@dataclass(frozen=True)
class Seen:
    """Lines and parts of a page."""

    lines: tuple[SeenLine, ...] = ()
    parts: tuple[SeenPart, ...] = ()

    @property
    def total(self) -> int | None:
        """Whole đồng, or None while a charge was unknown."""
        charges = [part.charge for part in self.parts if part.charge is not None]
        if not self.parts or len(charges) < len(self.parts):
            return None
        return sum(line.price for line in self.lines) + sum(charges)

    @property
    def digest(self) -> str:
        """What was agreed to by confirming; empty while the total was unknown, as nothing could be agreed to."""
        if self.total is None:
            return ""
        said = [f"{line.record}:{line.quantity}:{line.price}" for line in self.lines]
        said += [f"{part.producer}:{part.way}:{part.charge}" for part in self.parts]
        return f"{self.total}-{hashlib.sha256('|'.join(said).encode()).hexdigest()[:16]}"

    def quantity_of(self, record: int) -> int | None:
        """Pieces of a stock record that were seen, or None if it was not on the page."""
        found = [line.quantity for line in self.lines if line.record == record]
        return sum(found) if found else None


def sign(seen: Seen) -> str:
    """For a form's hidden field."""
    lines = [[line.record, line.quantity, line.price] for line in seen.lines]
    parts = [[part.producer, part.way, part.charge] for part in seen.parts]
    return _signer.sign_object([lines, parts], compress=True)


def read(text: str) -> Seen:
    """What the field of a form holds; nothing seen where it is not as we signed it."""
    if not text or len(text) > LONGEST:
        return Seen()
    try:
        lines, parts = _signer.unsign_object(text)
    except BadSignature:
        return Seen()
    return Seen(_all(SeenLine, lines), _all(SeenPart, parts))


def _all(kind: Any, rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(kind(*row) for row in rows)
