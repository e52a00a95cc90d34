"""What kind of thing a product is: noodles, honey, pottery. A kind brings quantities, prices and sentences.

The kinds are data (data/kinds/*.toml). Within a set the first kind with a word of the product's name counts;
every set ends with a kind for every name.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from marketplace.demo.rows import DATA, Row


@dataclass(frozen=True)
class Kind:
    """nets: usual quantities, the first is the ordinary one. price: thousand đồng, lowest and highest, for it.

    gross: packed weight divided by net weight. unit_g: grams of one piece where nets count pieces.
    taste and use: sentences of a description.
    """

    code: str
    sets: tuple[int, ...]
    words: tuple[str, ...]
    en: str
    nets: tuple[str, ...]
    price: tuple[int, int]
    gross: float
    ingredients: str
    storage: str
    life: str
    taste: tuple[str, ...]
    use: tuple[str, ...]
    unit_g: int = 0

    def suits(self, row: Row) -> bool:
        return row.set_no in self.sets and any(has_words(row.name, words) for words in self.words)

    @property
    def named(self) -> bool:
        """Chosen by a word of the name, not because the set has nothing better."""
        return self.words != ("",)


def has_words(name: str, words: str) -> bool:
    """Whether the words stand in the name as whole words; no words stand in every name."""
    return not words or re.search(rf"(?<!\w){re.escape(words)}(?!\w)", name.casefold()) is not None


@cache
def kinds() -> tuple[Kind, ...]:
    files = sorted((DATA / "kinds").glob("*.toml"), key=lambda file: int(file.stem.split("-")[0]))
    return tuple(
        _kind(entry) for file in files for entry in tomllib.loads(file.read_text(encoding="utf-8"))["kind"]
    )


def _kind(entry: dict[str, object]) -> Kind:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Kind(**frozen)  # type: ignore[arg-type]  # the data's types are held by a test


def kind_of(row: Row) -> Kind:
    return next(kind for kind in kinds() if kind.suits(row))
