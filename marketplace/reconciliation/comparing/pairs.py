"""One thing as both sides tell it, and what many of them come to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from marketplace.reconciliation.models import Why


@dataclass(frozen=True)
class Pair:
    """`ours` and `theirs` in whole đồng, below zero when money went, None for a side that says nothing. `why` says what
    is wrong where the sums alone do not; a pair of equal sums with a `why` is a difference too."""

    key: str
    what: str
    ours: Decimal | None
    theirs: Decimal | None
    why: Why | None = None
    payment: int | None = None
    line: int | None = None

    @property
    def difference(self) -> Why | None:
        """What is wrong; None where both sides agree."""
        if self.why:
            return self.why
        if self.ours == self.theirs:
            return None
        if self.ours is None:
            return Why.ONLY_THEIRS
        return Why.ONLY_OURS if self.theirs is None else Why.AMOUNT


@dataclass(frozen=True)
class Sums:
    """What came and what went, by either side; what went is told without its sign."""

    ours_in: Decimal
    theirs_in: Decimal
    ours_out: Decimal
    theirs_out: Decimal


def sums(pairs: Iterable[Pair]) -> Sums:
    ours, theirs = [], []
    for pair in pairs:
        ours.append(pair.ours or Decimal(0))
        theirs.append(pair.theirs or Decimal(0))
    return Sums(_above(ours), _above(theirs), -_below(ours), -_below(theirs))


def _above(amounts: list[Decimal]) -> Decimal:
    return sum((amount for amount in amounts if amount > 0), Decimal(0))


def _below(amounts: list[Decimal]) -> Decimal:
    return sum((amount for amount in amounts if amount < 0), Decimal(0))
