"""Turns an uploaded file into a harmless picture, or says why not."""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
QUALITY = 88

# By the number in the EXIF.
TURNS: dict[Any, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What Pillow raises on files that are cut off, lie about themselves, or are made to do harm.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError, Image.DecompressionBombError)


def clean_upload(
    file: "File[bytes]", *, least_side: int = 0, longest_side: int = LONGEST_SIDE
) -> "ContentFile[bytes]":
    """A new WebP file with nothing of the old one but what is seen: upright, sRGB, at most `longest_side` pixels.

    The type is read from the content, never from name or header. The name ends in random letters, so that an
    address never shows another picture later. `least_side`: pixels that both sides must have.
    Raises ValidationError with a text for the uploader.
    """
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("Ảnh nặng quá 10 MB. Bạn chọn ảnh nhẹ hơn nhé."), code="heavy")
    picture = _opened(file)
    if min(picture.size) < least_side:
        words = _("Ảnh nhỏ quá: mỗi cạnh cần ít nhất %(pixels)d điểm ảnh.")
        raise ValidationError(words, code="small", params={"pixels": least_side})
    content = BytesIO()
    try:
        _plain(picture, longest_side).save(content, "WEBP", quality=QUALITY, method=4)
    except BROKEN as error:
        raise _unreadable() from error
    return ContentFile(content.getvalue(), name=_name(file.name))


def _opened(file: "File[bytes]") -> Image.Image:
    """The picture, its size known and its pixels not yet unpacked."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError as error:
        words = _("Tệp này không phải ảnh JPEG, PNG hoặc WebP.")
        raise ValidationError(words, code="not_a_picture") from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except BROKEN as error:
        raise _unreadable() from error
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    return picture


def _plain(picture: Image.Image, longest_side: int) -> Image.Image:
    """Upright, in sRGB, not larger than shown, without metadata."""
    plain = _in_srgb(_upright(picture))
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held. Pillow's exif_transpose would write the rest of the EXIF anew, and raises whatever
    it likes over values that lie about their type."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    return picture if turn is None else picture.transpose(turn)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is transparent; a profile that cannot be read is left out."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            turned = None
        if turned is not None:
            return turned
    return picture.convert(mode)


def _name(uploaded: str | None) -> str:
    stem = slugify(PurePath(uploaded or "").stem)[:60] or "anh"
    return f"{stem}-{get_random_string(10).lower()}.webp"


def _too_large() -> ValidationError:
    return ValidationError(_("Ảnh quá lớn: nhiều nhất 50 triệu điểm ảnh."), code="large")


def _unreadable() -> ValidationError:
    return ValidationError(
        _("Không đọc được ảnh này. Bạn lưu lại rồi thử tải lên lần nữa."), code="unreadable"
    )
