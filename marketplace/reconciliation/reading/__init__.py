"""Files of banks and carriers: read whole, by a layout, or refused whole with row and column."""

from .entries import Entry, read
from .refusing import Unreadable

__all__ = ["Entry", "Unreadable", "read"]
