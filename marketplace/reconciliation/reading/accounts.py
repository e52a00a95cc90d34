"""Whose account a statement says it is of, in the rows above its headings.

The shop has one account (BANK_ACCOUNT). What came to another is not its buyers' money, and tells nothing of its days.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

from django.conf import settings
from django.utils.translation import gettext as _

from .refusing import Unreadable

LEAST = 6  # digits; fewer are a masked number, a branch or a year
_named = re.compile(r"(?:tài khoản|\bs?tk|account)(?: số| no\.?| number)?\W{0,10}([0-9]+(?:[ .\-][0-9]+)*)")


def check_account(rows: Iterable[str]) -> None:
    """`rows` in small letters, with marks between their cells. Raises Unreadable where accounts are named and none of
    them is the shop's."""
    own = re.sub(r"[^0-9]", "", settings.BANK_ACCOUNT)
    named = [re.split(r"[ .\-]", number) for row in rows for number in _named.findall(row)]
    told = [groups for groups in named if len("".join(groups)) >= LEAST]
    if not own or not told or any(_is(groups, own) for groups in told):
        return
    words = _("Đây là sao kê của tài khoản …%(told)s, không phải tài khoản nhận tiền của Chợ (…%(own)s).")
    raise Unreadable(words % {"told": "".join(told[0])[-4:], "own": own[-4:]})


def _is(groups: list[str], own: str) -> bool:
    """A day may stand behind the number, and spreadsheets drop a zero before it."""
    return any(begun.lstrip("0") == own.lstrip("0") for begun in accumulate(groups))
