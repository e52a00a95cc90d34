"""What is asked: the visitor's query, and its text as groups of terms that engines look up."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from search.text.lexicon import Key

AS_TYPED = "sua"
"""Among what a visitor switched off: the correction of words."""


class Sort(StrEnum):
    """The values of the address parameter `sap_xep`."""

    RELEVANCE = "phu-hop"
    NEWEST_CERTIFICATE = "moi-chung-nhan"
    PRICE_UP = "gia-tang"
    PRICE_DOWN = "gia-giam"
    STARS = "sao"
    BEST_SELLING = "ban-chay"


Place = tuple[int | float, ...]
"""A product's place in an order: its values there, of which the last is its id."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a list goes on behind its numbered pages: after `seen` products, of which the last is at `place`.

    Elasticsearch goes on from the place, whatever came or went before it; the database from the number, and the
    places it names hold the id alone.
    """

    seen: int
    place: Place


@dataclass(frozen=True, slots=True)
class ProductQuery:
    """What a visitor wants on a day. Empty filters do not filter; several values of one mean "or".

    Codes are those of the place data, category codes those of the catalogue. `places` filters are
    joined by "or" among provinces, former provinces and regions. `switched_off` holds the keys of
    recognised chips that the visitor removed. With `place_held` the places given stand, and those in
    the text are words. With `after` the page is the one behind it, whatever `page` says.
    """

    text: str
    day: date
    stars: frozenset[int] = frozenset()
    provinces: frozenset[str] = frozenset()
    former_provinces: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    forms: frozenset[str] = frozenset()
    in_stock: bool = False
    certified: bool = False
    adult: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 24
    switched_off: frozenset[str] = frozenset()
    place_held: bool = False
    after: Cursor | None = None

    @property
    def as_typed(self) -> bool:
        return AS_TYPED in self.switched_off

    @property
    def start(self) -> int:
        """How many products come before the page."""
        return self.after.seen if self.after else (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True)
class Term:
    """One token to find. With `exact` only that form counts; without it the folded form does."""

    folded: str
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that stand for a group when all of them are found, side by side for full weight.

    A document's match does not count where one of `not_before` follows it or one of
    `not_after` (folded keys) stands before it: "chè" is not tea in "chè lam".
    """

    terms: tuple[Term, ...]
    weight: float = 1.0
    not_before: frozenset[Key] = frozenset()
    not_after: frozenset[Key] = frozenset()
    guess: bool = False
    """Stands for a word that exists as typed: at most one word of a query may be a guess."""
    run_together: bool = False
    """Several words typed as one, so they must be neighbours."""


@dataclass(frozen=True, slots=True)
class TermGroup:
    """One word of the query in all its forms; `words` is how it was written.

    Optional groups (stop words, sizes, places that already filter) only help in ranking.
    `weight` grows with rarity.
    """

    words: str
    alternatives: tuple[Alternative, ...]
    required: bool = True
    weight: float = 1.0
    preferred: tuple[str, ...] = field(default=())
    """The exact forms as typed: with tone marks in the query they decide between equal folded forms."""
