"""Search's own tables."""

from .delivery import Rebuild, Waiting
from .entries import NARROW, REST, Entry, EntryText, Field, IndexState, Posting, StarSpan
from .log import SearchLog

__all__ = [
    "NARROW",
    "REST",
    "Entry",
    "EntryText",
    "Field",
    "IndexState",
    "Posting",
    "Rebuild",
    "SearchLog",
    "StarSpan",
    "Waiting",
]
