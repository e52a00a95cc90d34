"""Why a file is not taken."""

from django.utils.translation import gettext as _


class Unreadable(ValueError):
    """The text says what is wrong and where, in the reader's language."""


def at(row: int, column: str, why: str) -> Unreadable:
    """A cell that is wrong: row as spreadsheets count them, column by its heading."""
    return Unreadable(
        _("Dòng %(row)d, cột “%(column)s”: %(why)s") % {"row": row, "column": column, "why": why}
    )
