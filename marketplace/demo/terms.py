"""On what terms producers sell, and how big their goods are when packed: invented, plausible, the same every day."""

import math
from dataclasses import dataclass

from marketplace.demo.chance import chance
from marketplace.demo.makers import MakerFacts
from marketplace.demo.sizes import Size

CRAFTS = (21, 22)
_FRESH = (1, 2)
_HOURS = (
    "Thứ hai đến thứ bảy, 8–17 giờ",
    "Hằng ngày, 7 giờ 30–18 giờ",
    "Thứ hai đến thứ sáu, 8–11 giờ 30 và 13 giờ 30–17 giờ",
)
#: Packed handicraft is mostly air: grams a cubic centimetre.
_DENSITY = 0.12


@dataclass(frozen=True)
class TermsFacts:
    """Amounts in whole đồng or None; a producer with an address lets buyers fetch goods."""

    minimum_order: int | None = None
    free_from: int | None = None
    pickup_address: str = ""
    pickup_hours: str = ""


def terms_of_maker(maker: MakerFacts, *, sets: frozenset[int]) -> TermsFacts:
    """About one in ten asks for a minimum, one in six sends free earlier; who sells fresh goods can be visited."""
    luck = chance("terms", maker.key)
    minimum = luck.choice((50_000, 80_000)) if luck.random() < 0.1 else None
    free_from = luck.choice((200_000, 250_000, 400_000)) if luck.random() < 0.17 else None
    visited = not maker.sample and (bool(sets & set(_FRESH)) or luck.random() < 0.25)
    hours = luck.choice(_HOURS)
    if not visited:
        return TermsFacts(minimum, free_from)
    return TermsFacts(minimum, free_from, maker.place_text, hours)


def box_of(set_no: int, size: Size) -> dict[str, int]:
    """Length, width and height in cm of a packed handicraft; nothing of what nobody measures."""
    if set_no not in CRAFTS or not size.weight_g:
        return {}
    side = max(6, round((size.weight_g / _DENSITY) ** (1 / 3)))
    return {"length_cm": side, "width_cm": side, "height_cm": max(4, math.ceil(side * 0.8))}
