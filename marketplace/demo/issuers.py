"""Who signs a certificate: it depends on the stars and on the day.

Source: the programme's rules since 2018. Three stars were granted by districts between 24/02/2023 and
05/07/2025; districts ended on 01/07/2025 and provinces sign since. Five stars are the ministry's.
"""

from dataclasses import dataclass
from datetime import date

DISTRICT_FROM, DISTRICT_UNTIL = date(2023, 2, 24), date(2025, 7, 5)
NEW_PROVINCES_FROM = date(2025, 7, 1)
NEW_MINISTRY_FROM = date(2025, 3, 1)
# Districts were abolished; what they were called stays on paper.
_CITIES = frozenset(
    "Bến Tre|Bắc Kạn|Buôn Ma Thuột|Cam Ranh|Châu Đốc|Chí Linh|Gia Nghĩa|Hạ Long|Hội An|Kon Tum|Lạng Sơn|"
    "Phan Thiết|Phú Quốc|Phổ Yên|Pleiku|Rạch Giá|Tam Kỳ|Thái Nguyên|Tuy Hòa|Tuyên Quang|Đà Lạt|Đồng Xoài".split(
        "|"
    )
)
_TOWNS = frozenset(
    "An Khê|Ba Đồn|Cửa Lò|Hòa Thành|Hương Thủy|Hương Trà|Kinh Môn|Nghi Sơn|Ninh Hòa|Phước Long|Sa Pa|Sông Cầu|"
    "Tân Châu|Tịnh Biên|Trảng Bàng|Vĩnh Châu|Đông Hòa".split("|")
)
_WARDS = frozenset("Cẩm Lệ|Liên Chiểu|Ngũ Hành Sơn|Sơn Trà|Thanh Khê|Thốt Nốt|Đồ Sơn".split("|"))
_CITY_PROVINCES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Huế"})


@dataclass(frozen=True)
class Issuer:
    """level is district, province or ministry."""

    text: str
    level: str


def issuer_of(*, stars: int, day: date, district: str, province: str, province_now: str) -> Issuer:
    """The council that signs for these stars on this day, by the names of that day."""
    if stars == 5:
        new = day >= NEW_MINISTRY_FROM
        return Issuer(f"Bộ Nông nghiệp và {'Môi trường' if new else 'Phát triển nông thôn'}", "ministry")
    if stars == 3 and DISTRICT_FROM <= day < min(DISTRICT_UNTIL, NEW_PROVINCES_FROM):
        return Issuer(_district(district, province), "district")
    where = province_now if day >= NEW_PROVINCES_FROM else province
    return Issuer(f"UBND {'thành phố' if where in _CITY_PROVINCES else 'tỉnh'} {where}", "province")


def _district(district: str, province: str) -> str:
    if not district:
        return f"UBND cấp huyện tại {province}"
    if district.startswith("TP "):
        return f"UBND thành phố {district.removeprefix('TP ')}"
    kinds = ((_CITIES, "thành phố"), (_TOWNS, "thị xã"), (_WARDS, "quận"))
    return f"UBND {next((word for names, word in kinds if district in names), 'huyện')} {district}"
