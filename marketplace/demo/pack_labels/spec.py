"""What is known about a product when its pictures are drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class PackSpec:
    """One product.

    set_no is 1–26; province is printed, landscape_province chooses the scenery;
    net is printed as it stands, and when empty a usual size of the set is taken.
    """

    name: str
    set_no: int
    province: str
    net: str = ""
    landscape_province: str = ""

    def rng(self, purpose: str) -> Random:
        """A generator that depends on the product and the purpose only."""
        digest = hashlib.sha256(f"{self.set_no}|{self.name}|{self.province}|{purpose}".encode()).digest()
        return Random(int.from_bytes(digest[:8], "big"))
