"""How a buyer is called in public."""

import re

from django.utils.translation import gettext as _

_TELLING = re.compile(r"[\d@]")


def public_name(full_name: str) -> str:
    """ "Nguyễn Thị Hoa" → "Nguyễn T. H."; a name that holds digits or an address of mail is not shown at all."""
    words = full_name.split()
    if not words or _TELLING.search(full_name):
        return _("Người mua")
    first, *others = words
    return " ".join([first[:30], *(f"{word[0].upper()}." for word in others[:5])])
