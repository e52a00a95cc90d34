"""Which motif a product gets: a word of its name decides, else its set's own motif."""

from __future__ import annotations

from . import creatures as c
from . import fruit as f
from . import plants as p
from . import table as s
from . import things as t
from .shapes import Motif
from .words import SET_MOTIFS, WORDS

# Pieces of these can lie beside a pack.
_LOOSE = frozenset({
    f.citrus, f.mango, f.banana, f.coconut, f.pineapple, f.dragonfruit, f.berries, f.longan, f.plums, f.cashew, f.macadamia, f.cacao,
    f.coffee, f.chili, p.tea, p.lotus, p.chrysanthemum, p.artichoke, p.rice, p.corn, p.garlic, p.ginger, p.ginseng, p.cinnamon,
    p.mushroom, p.herbs, p.pepper, s.teacup, s.peanuts, s.sweet_potato, s.melon, s.pear, s.durian, s.asparagus, c.eggs, c.hen, c.crab, c.shrimp, t.gourd, t.mortar,
})  # fmt: skip
# These sets keep their own motif whatever the name says, with few exceptions.
_OWN = frozenset({5, 9, 16, 24, 25, 26})
_EXCEPTIONS = ((9, "cá", c.fish), (9, "mắm nêm", c.fish), (24, "mai", p.apricot_blossom))
# Round fruit is named by short words that often are something else.
_FRUIT_SETS = frozenset({1, 7, 12, 15, 17})


def motif_for(set_no: int, name: str) -> Motif:
    """The motif of a product of the given set (1–26)."""
    if set_no in _OWN:
        return next(
            (motif for no, phrase, motif in _EXCEPTIONS if no == set_no and has_phrase(name, phrase)),
            SET_MOTIFS[set_no],
        )
    for phrases, motif in WORDS:
        if any(has_phrase(name, phrase) for phrase in phrases.split("|")) and not _misleads(set_no, motif):
            return motif
    return SET_MOTIFS[set_no]


# Meat, fish, eggs and milk may be spiced, but the picture shows the thing itself.
_ANIMAL_SETS = frozenset({2, 8})
_SUGAR_SETS = frozenset({4, 6, 7, 10, 17})
_ANIMAL = frozenset(
    {c.nest, c.honey, c.eggs, c.hen, c.shrimp, c.crab, c.squid, c.fish, c.meat, t.milk, p.cordyceps}
)
_LIQUIDS: dict[Motif, str] = {
    f.citrus: "#e2a02a", f.mango: "#e89a2a", f.pineapple: "#e6b03a", f.berries: "#6e2f52", f.plums: "#d4702f",
    f.dragonfruit: "#c23a66", s.peanuts: "#d9a63a", s.preserve_tray: "#d9a63a", f.coconut: "#e9e2cf", p.artichoke: "#6b7a3a", p.ginger: "#d08a22", t.milk: "#f3ead6",
}  # fmt: skip


def liquid_colour(motif: Motif) -> str:
    """The colour of a drink made of the motif."""
    return _LIQUIDS.get(motif, "#c9642f")


def lies_loose(motif: Motif) -> bool:
    """Whether pieces of it can lie beside a pack, as fruit and leaves do."""
    return motif in _LOOSE


def has_phrase(name: str, phrase: str) -> bool:
    """Whether the name contains the phrase as whole words, ignoring case and punctuation."""
    cleaned = "".join(ch if ch.isalnum() else " " for ch in name.lower())
    return f" {phrase} " in f" {' '.join(cleaned.split())} "


def _misleads(set_no: int, motif: Motif) -> bool:
    """Words that mean something else in this set: a brand, a colour, rice for spirits."""
    if motif is f.plums:
        return set_no not in _FRUIT_SETS
    if set_no in _ANIMAL_SETS:
        return motif not in _ANIMAL
    if set_no == 22:
        return motif not in {t.brocade, p.lotus}
    return (
        set_no == 11
        or (set_no in {10, 13} and motif in {p.lotus, t.gourd})
        or (motif is t.milk and set_no != 17)
        or (motif is t.sugar and set_no not in _SUGAR_SETS)
    )
