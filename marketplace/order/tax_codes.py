"""Vietnamese tax codes of organisations: ten digits, the last a check digit, and three more for a branch. Pure."""

import re

from django.utils.translation import gettext as _

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
EXAMPLE = "0123456787"


class TaxCodeError(ValueError):
    """The text is no tax code; the message says what is wrong with it."""


def parse_tax_code(text: str) -> str:
    """ "0300 588 569" → "0300588569", "0300588569001" → "0300588569-001". Raises TaxCodeError.

    The check digit is 10 less the remainder by 11 of the weighted sum of the first nine digits.
    """
    digits = re.sub(r"[\s.\-\u2010-\u2015]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise TaxCodeError(_("Mã số thuế chỉ gồm chữ số."))
    if len(digits) not in (10, 13):
        words = _("Mã số thuế có 10 chữ số, của chi nhánh có 13; bạn nhập %(got)d.")
        raise TaxCodeError(words % {"got": len(digits)})
    weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    if int(digits[9]) != 10 - weighted % 11:
        raise TaxCodeError(_("Mã số thuế chưa đúng: chữ số kiểm tra không khớp. Bạn xem lại từng số nhé."))
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits
