"""Work the worker does for the demonstration."""

from typing import Any

from marketplace.work.queue import handles

#: One job a product; its key is the product's code.
KIND = "demo.pictures"


def _draw(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Drawing takes long and needs no lock. The drawing tools come with the demonstration only."""
    from .drawing import draw_missing

    return {"pictures": draw_missing(key)}


@handles(KIND, prepare=_draw, patient=True)
def hang_pictures(key: str, payload: dict[str, Any]) -> None:
    from .drawing import hang

    hang(key, payload["pictures"])
