"""What is answered: ids in order, counts, and codes for what was understood and relaxed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .query import Cursor, TermGroup


class Step(StrEnum):
    """How a query was relaxed; the page turns codes into sentences."""

    PLACE_AS_TEXT = "place-as-text"
    WORDS_AS_PLACE = "words-as-place"
    OTHER_PLACES = "other-places"
    PAGES_PLACE = "pages-place"
    KEYBOARD = "keyboard"
    MARKS_IGNORED = "marks-ignored"
    SPELLING = "spelling"
    SOME_WORDS = "some-words"
    DROPPED_WORD = "dropped-word"


class ChipKind(StrEnum):
    PROVINCE = "province"
    FORMER_PROVINCE = "former-province"
    REGION = "region"
    STARS = "stars"
    PRICE = "price"
    CATEGORY = "category"
    FORM = "form"
    IN_STOCK = "in-stock"


@dataclass(frozen=True, slots=True)
class Chip:
    """Something recognised in the text. `key` switches it off, `codes` says what it filters.

    For prices `codes` holds the lower and upper bound in đồng, '' for none.
    """

    kind: ChipKind
    codes: tuple[str, ...]
    words: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{'+'.join(self.codes)}"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A product that staff put in front for one text, from one day to another, both inclusive; None is open."""

    text: str
    product_id: int
    position: int
    reason: str
    first_day: date | None = None
    last_day: date | None = None

    def is_in_force(self, day: date) -> bool:
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True, slots=True)
class ProductResult:
    """The page's product ids in order, of `total` in all; facets map facet → value → count."""

    ids: tuple[int, ...]
    total: int
    engine: str
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    relaxed: tuple[Step, ...] = ()
    chips: tuple[Chip, ...] = ()
    corrected: str = ""
    exact: int | None = None
    """How many fit every word, where the query was relaxed."""
    stood_in: bool = False
    """The database engine answered because Elasticsearch did not."""
    groups: tuple[TermGroup, ...] = ()
    """What was looked for, by which texts are marked."""
    promoted: tuple[Promotion, ...] = ()
    """Products that staff put in front of this text's first page, labelled; `ids` may hold them too."""
    further: Cursor | None = None
    """Where the list goes on; None at its end, and among the ranked."""
    hidden_adult: int = 0
    """How many 18+ products fit and are left out until the visitor's statement."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the beginning of a name may become: products (key, name, producer) and producers (key, name)."""

    products: tuple[tuple[int, str, str], ...] = ()
    producers: tuple[tuple[int, str], ...] = ()
