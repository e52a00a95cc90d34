"""Search's own tables."""

from .delivery import Rebuild, Waiting
from .entries import NARROW, REST, Entry, EntryText, Field, IndexState, Posting, StarSpan
from .log import SearchLog
from .tuning import JudgedQuery, PromotedResult, StopWord, Synonym

__all__ = [
    "NARROW",
    "REST",
    "Entry",
    "EntryText",
    "Field",
    "IndexState",
    "JudgedQuery",
    "Posting",
    "PromotedResult",
    "Rebuild",
    "SearchLog",
    "StarSpan",
    "StopWord",
    "Synonym",
    "Waiting",
]
