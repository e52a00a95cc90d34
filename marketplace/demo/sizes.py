"""Net quantity, weight, price and stock of what is bought: one size, or several of the same product.

Prices are whole đồng including VAT, rounded as shopkeepers round.
"""

import re
from dataclasses import dataclass

from marketplace.demo.chance import chance
from marketplace.demo.kinds import Kind, has_words
from marketplace.demo.rows import Row

_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(kg|g|ml|lít)\b", re.IGNORECASE)
_PIECES = re.compile(r"^(\d+)\s")
_DEGREES = re.compile(r"(\d+)\s?(?:độ|°|%)", re.IGNORECASE)
_GRAMS = {"g": 1, "ml": 1, "kg": 1000, "lít": 1000}
_FINE = (
    "cao cấp",
    "đặc biệt",
    "thượng hạng",
    "đặc sản",
    "limited",
    "gold",
    "nhĩ",
    "cổ thụ",
    "đinh",
    "bộ quà tặng",
)
_STAR_FACTOR = {None: 0.95, 3: 0.95, 4: 1.0, 5: 1.12}
_WRAPPING_G = 60
# More of the same is cheaper by the gram.
_BULK = 0.93


@dataclass(frozen=True)
class Size:
    """One thing to buy: weight_g is packed for shipping."""

    net: str
    price: int
    stock: int
    weight_g: int


def net_of(row: Row, kind: Kind) -> str:
    """The quantity the list or the name states, else the kind's usual one."""
    if row.unit == "kg":
        return "1 kg"
    for text in (row.unit, row.name):
        if found := _AMOUNT.search(text):
            return f"{found[1]} {found[2].lower()}"
    return row.unit.removeprefix("gói ") if "túi" in row.unit else kind.nets[0]


def grams(net: str, kind: Kind) -> float:
    """Net weight in grams; a millilitre counts as a gram, a piece as the kind's unit_g."""
    pieces = _PIECES.match(net)
    if found := _AMOUNT.search(net):
        each = float(found[1].replace(",", ".")) * _GRAMS[found[2].lower()]
        return each * int(pieces[1]) if pieces and "×" in net else each
    return int(pieces[1]) * (kind.unit_g or 2) if pieces else 100


def sizes_of(row: Row, kind: Kind, *, several: bool) -> tuple[Size, ...]:
    """The sizes of a product from small to large; one when several is false. Deterministic."""
    first = net_of(row, kind)
    nets = {first, *kind.nets} if several else {first}
    base = _price(row, kind)
    ordered = sorted(nets, key=lambda net: grams(net, kind))
    return tuple(_size(row, kind, net, base * _share(net, first, kind)) for net in ordered)


def _share(net: str, first: str, kind: Kind) -> float:
    return (grams(net, kind) / max(1.0, grams(first, kind))) ** _BULK if net != first else 1.0


def _size(row: Row, kind: Kind, net: str, price: float) -> Size:
    weight = round((grams(net, kind) * kind.gross + _WRAPPING_G) / 10) * 10
    return Size(net, rounded(price), _stock(row, net, price), weight if kind.unit_g or weight else 0)


def _price(row: Row, kind: Kind) -> float:
    """Neighbours of one producer and kind cost about the same; stars, degrees and fine words add."""
    if row.price_vnd:
        return float(row.price_vnd)
    low, high = kind.price
    level = low + (high - low) * chance(row.producer or row.province, kind.code).random()
    level *= chance("price", row.number, row.name).uniform(0.95, 1.05) * _STAR_FACTOR[row.stars]
    if any(has_words(row.name, words) for words in _FINE):
        level *= 1.25
    return 1000 * level * _strength(row.name) * _beside(row, kind)


def _beside(row: Row, kind: Kind) -> float:
    """A quantity stated by the name changes the price of the kind's usual one."""
    return _share(net_of(row, kind), kind.nets[0], kind)


def _strength(name: str) -> float:
    """38, 40, 43 degrees of one house cost more in this order."""
    found = _DEGREES.search(name)
    return 0.6 + min(60, int(found[1])) / 75 if found else 1.0


def rounded(price: float) -> int:
    """To 1,000 đồng below 100,000, to 5,000 below a million, to 10,000 above."""
    step = 1000 if price < 100_000 else 5000 if price < 1_000_000 else 10_000
    return max(step, round(price / step) * step)


def _stock(row: Row, net: str, price: float) -> int:
    """What is dear is rare; about one in fifty is sold out."""
    luck = chance("stock", row.number, row.name, net)
    most = 180 if price < 100_000 else 90 if price < 400_000 else 24
    return 0 if luck.random() < 0.022 else luck.randint(max(3, most // 8), most)
