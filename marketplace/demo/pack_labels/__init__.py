"""Demo product pictures drawn by code: pack labels for the 26 OCOP product sets."""

from __future__ import annotations

from .render import draw_pack, draw_svg
from .spec import PackSpec

__all__ = ["PackSpec", "draw_pack", "draw_svg"]
