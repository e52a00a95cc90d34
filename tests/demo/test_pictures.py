import io

import pytest
from PIL import Image

from marketplace.demo.pack_labels import PackSpec, draw_pack, draw_svg


@pytest.mark.parametrize("set_no", range(1, 27))
def test_every_set_has_a_pack(set_no: int) -> None:
    assert draw_svg(PackSpec("Sản phẩm thử", set_no, "Cà Mau"), 0, 300).startswith("<svg")


@pytest.mark.parametrize("view", [0, 1, 2])
def test_a_picture_is_a_square_webp(view: int) -> None:
    picture = Image.open(io.BytesIO(draw_pack(PackSpec("Mật ong hoa bưởi", 4, "Đồng Nai"), view, 120)))
    assert (picture.format, picture.size) == ("WEBP", (120, 120))


def test_the_same_product_is_drawn_the_same() -> None:
    spec = PackSpec("Miến dong", 6, "Thái Nguyên", "500 g", "Bắc Kạn")
    assert draw_pack(spec, 0, 120) == draw_pack(spec, 0, 120)


def test_no_picture_shows_a_star_band() -> None:
    assert not hasattr(PackSpec("Chè", 11, "Lào Cai"), "stars")
