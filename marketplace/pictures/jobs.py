"""Work of the worker: the sizes of a new picture."""

from typing import Any

from django.core.files.storage import default_storage

from marketplace.work.queue import enqueue, handles

from .sizes import Picture, make_sizes, sizes_made

KIND = "pictures.sizes"


def ask_for_sizes(name: str) -> None:
    """Let a worker make the sizes of the original with this name; asked twice, made once."""
    enqueue(kind=KIND, key=name)


def _make(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Reading and writing files takes long and needs no lock. A picture deleted meanwhile needs no sizes."""
    made = default_storage.exists(key)
    if made:
        make_sizes(key)
    return {"made": made}


@handles(KIND, prepare=_make)
def sizes(key: str, payload: dict[str, Any]) -> None:
    """Say that the sizes exist; whose picture it is shows it."""
    if payload["made"]:
        sizes_made.send(sender=Picture, name=key)
