"""Who makes it: the producers of the list, and one demonstration producer per former province for the rest."""

import re
import unicodedata
from dataclasses import dataclass, replace

from marketplace.demo.chance import pick
from marketplace.demo.places import commune_code
from marketplace.demo.rows import Row

TOURISM = 26
_FORMS = {
    "công ty": "doanh-nghiep",
    "doanh nghiệp tư nhân": "doanh-nghiep",
    "hợp tác xã": "htx",
    "tổ hợp tác": "to-hop-tac",
    "hộ kinh doanh": "ho-kinh-doanh",
    "cơ sở sản xuất": "ho-san-xuat",
    "trang trại": "trang-trai",
    "khác (điểm du lịch)": "hoi",
}
_ABOUT = {
    "htx": (
        (
            "Hợp tác xã tập hợp các hộ cùng nghề quanh {place}, cùng mua vật tư, cùng làm theo một quy trình và cùng "
            "chịu trách nhiệm với người mua."
        ),
        "Thành viên hợp tác xã là bà con ở {place}; mỗi nhà lo một khâu, hàng về một mối để kiểm tra và đóng gói.",
    ),
    "doanh-nghiep": (
        (
            "Doanh nghiệp đặt xưởng tại {place}, thu mua nguyên liệu trong vùng và theo dõi từng lô từ lúc nhập đến lúc "
            "xuất xưởng."
        ),
        "Từ {place}, doanh nghiệp liên kết với nông hộ quanh vùng để có nguyên liệu đều và tươi.",
    ),
    "ho-kinh-doanh": (
        "Cơ sở gia đình ở {place}, làm mẻ nhỏ, người trong nhà trông từng khâu.",
        "Một gia đình làm nghề tại {place}; hàng làm đến đâu gửi đi đến đó nên luôn mới.",
    ),
    "": (
        "Nơi làm ra những sản phẩm quen thuộc của {place}, giữ cách làm trong vùng và đóng gói cho bữa ăn hôm nay.",
        "Người làm nghề ở {place}, gắn với nguyên liệu và mùa vụ của quê mình.",
    ),
}
_ABBREVIATIONS = (("htx", "hợp tác xã"), ("ctcp", "công ty cổ phần"), ("công ty cp", "công ty cổ phần"))
SAMPLE_ABOUT = (
    "Nhà sản xuất mẫu, dùng cho những sản phẩm mà nguồn công bố không nêu tên chủ thể. "
    "Thông tin ở đây chỉ để minh họa."
)


@dataclass(frozen=True)
class MakerFacts:
    """One producer. key is stable; sample marks one invented for rows without a producer.

    Who offers tourism is asked instead of ordered from, so has e-mail and website; see `_reachable`.
    """

    key: str
    name: str
    form: str
    province_code: str
    former_code: str
    commune_code: str | None
    place_text: str
    about: str
    sample: bool
    email: str = ""
    website: str = ""


def maker_key(row: Row) -> str:
    """The same for HTX X and Hợp tác xã X of one former province."""
    name = row.producer.casefold()
    for short, long in _ABBREVIATIONS:
        name = re.sub(rf"\b{short}\b", long, name)
    return f"{row.former_code}:{name or 'mau'}"


def makers_of(rows: tuple[Row, ...]) -> dict[str, MakerFacts]:
    """Producers by key in the order of their first row, whose name and form they keep."""
    makers: dict[str, MakerFacts] = {}
    for row in rows:
        known = makers.get(maker_key(row))
        if known is None or (known.commune_code is None and row.producer and commune_code(row)):
            makers[maker_key(row)] = _maker(row, name=known.name if known else row.producer)
    asked = {maker_key(row) for row in rows if row.set_no == TOURISM}
    return {key: _reachable(maker) if key in asked else maker for key, maker in makers.items()}


def _maker(row: Row, *, name: str) -> MakerFacts:
    sample = not row.producer
    form = "ho-san-xuat" if sample else _form(row)
    place = row.province if sample else row.place
    about = pick(_ABOUT.get(form, _ABOUT[""]), "about", row.producer).format(place=place)
    return MakerFacts(
        key=maker_key(row),
        name=f"Nhà sản xuất mẫu tại {row.province}" if sample else name,
        form=form,
        province_code=row.province_code,
        former_code=row.former_code,
        commune_code=None if sample else commune_code(row),
        place_text=place,
        about=SAMPLE_ABOUT if sample else about,
        sample=sample,
    )


def _reachable(maker: MakerFacts) -> MakerFacts:
    """With invented addresses under .example, which nobody can own (RFC 2606).

    No telephone: no Vietnamese number is kept free for examples, and somebody would answer.
    """
    plain = unicodedata.normalize("NFD", maker.name.casefold().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    host = f"{'-'.join(words)[:60].strip('-')}.example"
    return replace(maker, email=f"dat-cho@{host}", website=f"https://{host}/")


def _form(row: Row) -> str:
    if row.producer.casefold().startswith("liên hiệp"):
        return "lien-hiep-htx"
    return _FORMS[row.producer_type]
