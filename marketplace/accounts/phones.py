"""Vietnamese telephone numbers: read as people write them, kept as E.164. No Django models here.

Mobiles have 10 digits and begin with 03, 05, 07, 08 or 09; landlines have 11 and begin with 02.
"""

import re

import phonenumbers
from django.utils.translation import gettext as _

MOBILE = ("03", "05", "07", "08", "09")
LANDLINE = "02"
EXAMPLE = "091 234 5678"


class PhoneError(ValueError):
    """The text is no Vietnamese telephone number; the message says what is wrong with it."""


def parse_phone(text: str) -> str:
    """ "+84 91.234.5678", "84912345678" or "091 234 5678" → "+84912345678". Raises PhoneError."""
    digits = re.sub(r"[\s.()/\-\u2010-\u2015]", "", text)
    digits = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    if not re.fullmatch(r"[0-9]+", digits):
        raise PhoneError(_("Số điện thoại chỉ gồm chữ số, ví dụ %(example)s.") % {"example": EXAMPLE})
    _check(digits)
    number = phonenumbers.parse(digits, "VN")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def national(phone: str) -> str:
    """ "+84912345678" → "0912 345 678", as people say it; what is no number stays."""
    try:
        number = phonenumbers.parse(phone, "VN")
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def _check(digits: str) -> None:
    if digits.startswith(MOBILE):
        _check_length(digits, 10, _("Số di động Việt Nam"), EXAMPLE)
    elif digits.startswith(LANDLINE):
        _check_length(digits, 11, _("Số máy bàn Việt Nam"), "024 3825 1234")
    else:
        words = _(
            "Số Việt Nam bắt đầu bằng 03, 05, 07, 08, 09 (di động) hoặc 02 (máy bàn), ví dụ %(example)s."
        )
        raise PhoneError(words % {"example": EXAMPLE})


def _check_length(digits: str, length: int, kind: str, example: str) -> None:
    facts = {"kind": kind, "length": length, "got": len(digits), "example": example}
    facts["off"] = abs(length - len(digits))
    if len(digits) < length:
        words = _(
            "%(kind)s có %(length)d chữ số, bạn mới nhập %(got)d, còn thiếu %(off)d. Ví dụ %(example)s."
        )
        raise PhoneError(words % facts)
    if len(digits) > length:
        words = _("%(kind)s có %(length)d chữ số, bạn nhập %(got)d, thừa %(off)d. Ví dụ %(example)s.")
        raise PhoneError(words % facts)
