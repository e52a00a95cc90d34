"""Oscar's hook for pictures (OSCAR_THUMBNAILER), served from the fixed sizes."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from .files import delete_after_commit
from .sizes import SIDES, size_name


@dataclass(frozen=True)
class Thumbnail:
    """What Oscar's templates read of a thumbnail."""

    url: str
    width: int
    height: int

    def __str__(self) -> str:
        return self.url


class Thumbnailer:
    """Makes nothing: the worker has made the sizes, or will."""

    def generate_thumbnail(self, source: Any, **opts: Any) -> Thumbnail:
        """The smallest size that covers `size` ("300x200", "300x" or "x200"), else the largest."""
        asked = max(int(part or 0) for part in str(opts.get("size") or "0").split("x"))
        side = next((side for side in SIDES if side >= asked), SIDES[-1])
        return Thumbnail(default_storage.url(size_name(str(source), side)), side, side)

    def delete_thumbnails(self, source: Any) -> None:
        """Oscar asks before its transaction is committed; the files go after it, with the original."""
        delete_after_commit(str(source))
