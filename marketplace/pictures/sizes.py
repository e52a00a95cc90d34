"""The fixed sizes of a picture. Their names follow from the original's, so showing one costs nothing.

Product pictures are square; the one for shared links is 1200 × 630.
"""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.dispatch import Signal
from PIL import Image, ImageOps

SIDES = (200, 400, 800, 1200)
SHARE = (1200, 630)
PAPER = (251, 248, 242)  # the ground of the pages, around a shared picture
QUALITY = 82

#: Sent with `name` (of the original) when all its sizes exist, inside the transaction of the job.
sizes_made = Signal()


@dataclass(frozen=True)
class Picture:
    """What templates draw: addresses of the sizes and the words for those who do not see."""

    url_200: str
    url_400: str
    url_800: str
    url_1200: str
    alt: str = ""


def picture(name: str, *, alt: str = "") -> Picture | None:
    """The sizes of an original whose sizes exist; None for an empty name."""
    if not name:
        return None
    urls = {f"url_{side}": default_storage.url(size_name(name, side)) for side in SIDES}
    return Picture(**urls, alt=alt)


def share_url(name: str) -> str:
    """The address of the picture for shared links, without host; '' for an empty name."""
    return default_storage.url(share_name(name)) if name else ""


def size_name(name: str, side: int) -> str:
    return f"sizes/{name}.{side}.webp"


def share_name(name: str) -> str:
    return f"sizes/{name}.share.jpg"


def names_of(name: str) -> list[str]:
    """All files made from an original."""
    return [*(size_name(name, side) for side in SIDES), share_name(name)]


def make_sizes(name: str) -> None:
    """Make all sizes of an original. Doing it again makes the same files."""
    with default_storage.open(name) as file, Image.open(file) as opened:
        original = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    for side in SIDES:
        square = ImageOps.fit(original, (side, side), Image.Resampling.LANCZOS)
        _store(size_name(name, side), square, "WEBP", quality=QUALITY, method=4)
    _store(share_name(name), _on_paper(original), "JPEG", quality=QUALITY, optimize=True)


def _on_paper(original: Image.Image) -> Image.Image:
    ground = Image.new("RGB", SHARE, PAPER)
    fitted = ImageOps.contain(original, SHARE, Image.Resampling.LANCZOS)
    corner = ((SHARE[0] - fitted.width) // 2, (SHARE[1] - fitted.height) // 2)
    ground.paste(fitted, corner, fitted if fitted.mode == "RGBA" else None)
    return ground


def _store(name: str, picture: Image.Image, kind: str, **options: int | bool) -> None:
    """Write under exactly this name: the storage would choose another beside a file of an earlier try."""
    content = BytesIO()
    picture.save(content, kind, **options)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content.getvalue()))
