"""What the database engine must agree with: every entry looked at in Python, filters and words alike."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from search.bands import PRICE_BANDS
from search.matching import match_group
from search.models import Entry, EntryText, StarSpan
from search.query import ProductQuery, TermGroup
from search.relaxation import Attempt
from search.text.tokens import field

FACETS = ("star", "place", "category", "form", "stock", "price")


@dataclass(frozen=True)
class Shop:
    """All that the engine's tables hold, read once."""

    entries: dict[int, Entry]
    texts: dict[int, EntryText]
    spans: dict[int, list[StarSpan]]

    @classmethod
    def read(cls) -> "Shop":
        spans: dict[int, list[StarSpan]] = {}
        for span in StarSpan.objects.all():
            spans.setdefault(span.entry_id, []).append(span)
        return cls(Entry.objects.in_bulk(), EntryText.objects.in_bulk(), spans)

    def star(self, entry: Entry, day: date) -> int | None:
        found = [
            span.stars for span in self.spans.get(entry.pk, []) if span.first_day <= day <= span.last_day
        ]
        return found[0] if found else None

    def ids(self, attempt: Attempt) -> set[int]:
        """What the attempt finds for its visitor."""
        query = attempt.query
        return {
            key
            for key, entry in self.entries.items()
            if (query.adult or not entry.adult)
            and not self._missed(entry, query)
            and self._has_words(key, attempt)
        }

    def counts(self, attempt: Attempt) -> dict[str, dict[str, int]]:
        """By facet and value; a facet's own choice does not shrink its own counts. `adult` counts what is hidden."""
        query = attempt.query
        found: dict[str, Counter[str]] = {facet: Counter() for facet in (*FACETS, "adult")}
        for key, entry in self.entries.items():
            if not self._has_words(key, attempt):
                continue
            missed = self._missed(entry, query)
            if entry.adult and not query.adult:
                found["adult"]["1"] += not missed
                continue
            for facet in FACETS:
                if missed <= {facet}:
                    found[facet][self._value(facet, entry, query.day)] += 1
        return {facet: {value: n for value, n in counter.items() if n} for facet, counter in found.items()}

    def _missed(self, entry: Entry, query: ProductQuery) -> set[str]:
        """The facets whose choice the entry does not meet."""
        star = self.star(entry, query.day)
        places = bool(query.provinces or query.former_provinces or query.regions)
        met = {
            "star": star in query.stars if query.stars else star is not None or not query.certified,
            "place": not places
            or entry.province in query.provinces
            or entry.former_province in query.former_provinces
            or entry.region in query.regions,
            "category": not query.categories or bool({entry.group, entry.cls, entry.set} & query.categories),
            "form": not query.forms or entry.form in query.forms,
            "stock": entry.in_stock or not query.in_stock,
            "price": _costs(entry, query),
        }
        return {facet for facet, fits in met.items() if not fits}

    def _value(self, facet: str, entry: Entry, day: date) -> str:
        return {
            "star": str(self.star(entry, day) or ""),
            "place": f"{entry.province}:{entry.former_province}",
            "category": entry.set,
            "form": entry.form,
            "stock": "1" if entry.in_stock else "",
            "price": _band(entry.price),
        }[facet]

    def _has_words(self, key: int, attempt: Attempt) -> bool:
        if attempt.before and self._has_words(key, attempt.before):
            return True
        required = [group for group in attempt.groups if group.required]
        if not required or not attempt.minimum:
            return True
        text = self.texts[key]
        others = [text.producer, text.places]
        others += [text.category, text.description] if attempt.wide else []

        def found(group: TermGroup, *, sure: bool) -> bool:
            in_name = match_group(group, field(text.name), sure=sure, scattered=True)[0]
            return bool(in_name or any(match_group(group, field(each), sure=sure)[0] for each in others))

        return (
            sum(found(group, sure=False) for group in required) >= attempt.minimum
            and sum(found(group, sure=True) for group in required) >= attempt.sure
        )


def _costs(entry: Entry, query: ProductQuery) -> bool:
    if query.price_from is None and query.price_to is None:
        return True
    if entry.price is None:
        return False
    return (query.price_from is None or entry.price >= query.price_from) and (
        query.price_to is None or entry.price <= query.price_to
    )


def _band(price: int | None) -> str:
    if price is None:
        return ""
    return str(max(start for start in PRICE_BANDS if start <= price))
