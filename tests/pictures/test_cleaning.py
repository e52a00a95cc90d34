import re
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from marketplace.pictures import cleaning
from marketplace.pictures.cleaning import clean_upload
from tests.pictures.images import picture_file


def refused(file: SimpleUploadedFile, **options: int) -> str | None:
    with pytest.raises(ValidationError) as caught:
        clean_upload(file, **options)
    assert caught.value.messages[0]
    return caught.value.code


def png_that_claims(width: int, height: int) -> SimpleUploadedFile:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bom.png", b"\x89PNG\r\n\x1a\n" + head + body)


def exif_with(*entries: tuple[int, int, bytes]) -> bytes:
    """Raw EXIF of entries: tag, type, and four bytes of value, true or not."""
    rows = b"".join(struct.pack("<HHI", tag, kind, 1) + value for tag, kind, value in entries)
    head = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(entries))
    return head + rows + struct.pack("<I", 0) + b"\1\0\0\0" * 8


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_webp_of_the_same_shape(kind: str) -> None:
    clean = Image.open(clean_upload(picture_file(kind=kind)))
    assert (clean.format, clean.size) == ("WEBP", (900, 600))


def test_the_content_counts_and_not_the_name() -> None:
    assert refused(SimpleUploadedFile("anh.jpg", b"<svg onload='alert(1)'/>")) == "not_a_picture"
    assert refused(picture_file(kind="GIF", name="anh.jpg")) == "not_a_picture"
    assert clean_upload(picture_file(name="anh.exe")).name.endswith(".webp")


@pytest.mark.parametrize("size", [(9000, 9000), (20_000, 20_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_unopened(size: tuple[int, int]) -> None:
    assert refused(png_that_claims(*size)) == "large"


def test_a_file_cut_off_is_refused() -> None:
    whole = picture_file().read()
    assert refused(SimpleUploadedFile("anh.jpg", whole[: len(whole) // 2])) == "unreadable"


def test_an_empty_file_is_refused() -> None:
    assert refused(SimpleUploadedFile("anh.jpg", b"")) == "not_a_picture"


def test_a_heavy_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MOST_BYTES", 1000)
    assert refused(picture_file()) == "heavy"


def test_a_picture_too_small_to_show_is_refused() -> None:
    assert refused(picture_file((900, 300)), least_side=400) == "small"


def test_the_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways
    clean = Image.open(clean_upload(picture_file(exif=exif)))
    assert clean.size == (600, 900)
    red, green, _blue = clean.convert("RGB").getpixel((300, 100))  # type: ignore[misc]
    assert red > green


@pytest.mark.parametrize("held", range(1, 9))
def test_it_is_turned_as_pillow_would(held: int) -> None:
    def corners(picture: Image.Image) -> list[bool]:
        wide, high = picture.size
        small = picture.convert("RGB").resize((2, 2), Image.Resampling.BOX)
        found = [small.getpixel((x, y)) for y in (0, 1) for x in (0, 1)]
        return [wide > high, *(red > green for red, green, _blue in found)]  # type: ignore[misc]

    exif = Image.Exif()
    exif[0x0112] = held
    upright = ImageOps.exif_transpose(Image.open(picture_file(exif=exif)))
    assert corners(Image.open(clean_upload(picture_file(exif=exif)))) == corners(upright)


@pytest.mark.parametrize(("tag", "kind"), [(0x010F, 5), (0x0131, 12), (0x011A, 2), (0x0100, 11)], ids=hex)
def test_metadata_that_lies_about_its_type_does_no_harm(tag: int, kind: int) -> None:
    exif = exif_with((tag, kind, struct.pack("<I", 38)), (0x0112, 3, struct.pack("<HH", 6, 0)))
    assert Image.open(clean_upload(picture_file(exif=exif))).size == (600, 900)


def test_nothing_of_the_metadata_stays() -> None:
    exif = Image.Exif()
    exif[0x010F] = "May anh bi mat"
    exif.get_ifd(0x8825)[1] = "N"
    content = clean_upload(picture_file(exif=exif, comment=b"nha toi o day")).read()
    assert b"bi mat" not in content
    assert b"nha toi" not in content
    assert b"EXIF" not in content


def test_a_huge_picture_is_made_smaller() -> None:
    clean = Image.open(clean_upload(picture_file((4000, 1000))))
    assert clean.size == (cleaning.LONGEST_SIDE, cleaning.LONGEST_SIDE // 4)


def test_the_same_name_never_comes_twice() -> None:
    first, second = (clean_upload(picture_file(name="../../Chè Shan.JPG")).name for _ in range(2))
    assert first != second
    assert re.fullmatch(r"che-shan-[a-z0-9]{10}\.webp", str(first))
