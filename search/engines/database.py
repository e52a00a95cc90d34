"""The `database` engine: portable ORM over the index tables, no service beside the shop's own database.

It retrieves candidates and counts; the order of the first 200 is the ranker's (search/ranking.py), what follows is
ordered here. Lists without words are filtered, counted and sorted by the database; what words find is few enough to
be handled in Python. An engine answers one search: it remembers what it has read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.finding import Retrieved
from search.matching import match_group
from search.models import EntryText
from search.query import Place, Sort, TermGroup
from search.ranking import MOST_RANKED, Candidate
from search.relaxation import Attempt
from search.text.tokens import field

from .filters import FOREMOST, counts, filters, hidden, on_day, order, visible
from .postings import Lookup, Match
from .rows import Row, Sifted, load, read, read_texts, sift, sort_key

MOST_LOOKED_AT = 1_000
"""Of so many doubtful hits, best first, the neighbours are read; a search with more is not narrowed by them."""

_NO_TEXT = EntryText()


class DatabaseEngine:
    """Answers the attempts of one search from the shop's own database."""

    name = "database"

    def __init__(self) -> None:
        self._lookup = Lookup()
        self._expected: tuple[Attempt, ...] = ()
        self._rows: dict[int, Row] = {}
        self._texts: dict[int, EntryText] = {}
        self._matched: dict[Attempt, dict[int, Match]] = {}
        self._found: dict[Attempt, tuple[Sifted, list[Row]]] = {}

    def expect(self, attempts: Sequence[Attempt]) -> None:
        """Read for all of these when one of them is asked for."""
        self._expected = tuple(attempt for attempt in attempts if _has_words(attempt))
        self._lookup.expect(self._expected)

    def retrieve(self, attempt: Attempt) -> Retrieved:
        """The best 200 of all that match, by a rough score."""
        if not _has_words(attempt):
            return self._list(attempt)
        _sifted, ordered = self._search(attempt)
        best = ordered[:MOST_RANKED]
        self._read_texts(row.id for row in best)
        candidates = tuple(self._candidate(row, attempt) for row in best)
        return Retrieved(len(ordered), candidates, 0 if ordered else self._hidden(attempt))

    def page(
        self, attempt: Attempt, *, sort: Sort, start: int, size: int, after: Place | None = None
    ) -> list[Place]:
        """One page in the order of a field, or in the engine's own for relevance; always by number."""
        end = start + size
        if _has_words(attempt):
            _sifted, rows = self._search(attempt)
            ordered = rows if sort is Sort.RELEVANCE else sorted(rows, key=sort_key(sort))
            return [(row.id,) for row in ordered[start:end]]
        listed = on_day(visible(attempt.query).filter(filters(attempt.query)), attempt.query)
        return list(listed.order_by(*order(sort)).values_list("pk")[start:end])

    def facets(self, attempt: Attempt) -> dict[str, dict[str, int]]:
        """Counts by facet and value; a facet's own choice does not shrink its own counts.

        The facet `adult` counts what is hidden from this visitor.
        """
        return self._search(attempt)[0].counts if _has_words(attempt) else counts(attempt.query)

    def _list(self, attempt: Attempt) -> Retrieved:
        """The first 200 without words; their texts only where optional words help to rank them."""
        found = visible(attempt.query).filter(filters(attempt.query))
        first = on_day(found, attempt.query).order_by(*order(Sort.RELEVANCE))
        texts = self._texts if attempt.groups else None
        # Most lists are filled by those whose boosts put them before all others: far fewer to sort.
        rows = read(first.filter(FOREMOST)[:MOST_RANKED], texts=texts)
        if len(rows) < MOST_RANKED:
            rows = read(first[:MOST_RANKED], texts=texts)
        candidates = tuple(self._candidate(row, attempt) for row in rows)
        total = found.count() if len(rows) == MOST_RANKED else len(rows)
        return Retrieved(total, candidates, 0 if rows else hidden(attempt.query))

    def _search(self, attempt: Attempt) -> tuple[Sifted, list[Row]]:
        """What the words find: filtered and counted, and in a rough order, best first."""
        if attempt not in self._found:
            matches = self._matches(attempt)
            sifted = sift((self._rows[entry] for entry in matches if entry in self._rows), attempt.query)
            ordered = sorted(sifted.rows, key=lambda row: _rough(row, matches[row.id]))
            self._found[attempt] = sifted, ordered
        return self._found[attempt]

    def _hidden(self, attempt: Attempt) -> int:
        """What fits and is named with the words, but held back from this visitor."""
        named = (self._rows[entry] for entry, match in self._matches(attempt).items() if match.in_name)
        return len(sift(named, replace(attempt.query, adult=True)).rows)

    def _matches(self, attempt: Attempt) -> dict[int, Match]:
        """The attempt's matches and those of the attempts before it, which score higher."""
        if attempt not in self._matched:
            matches = self._lookup.find(attempt)
            self._load(self._new(matches, attempt), attempt)
            kept = {entry: matches[entry] for entry in self._without_forbidden(matches, attempt)}
            earlier = self._matches(attempt.before) if attempt.before else {}
            self._matched[attempt] = kept | {entry: match.ahead() for entry, match in earlier.items()}
        return self._matched[attempt]

    def _new(self, matches: Iterable[int], attempt: Attempt) -> list[int]:
        """Entries to load: what is likely to be asked for next too, if that is little."""
        new = [entry for entry in matches if entry not in self._rows]
        if not new:
            return new
        likely = (entry for each in self._next(attempt) for entry in self._lookup.find(each))
        more = list(dict.fromkeys([*new, *(entry for entry in likely if entry not in self._rows)]))
        return more if len(more) <= MOST_RANKED else new

    def _next(self, attempt: Attempt) -> Sequence[Attempt]:
        """The attempts expected with this one; where some words will do, any of them may have to."""
        if any(attempt is each for each in self._expected):
            return self._expected
        some_words = attempt.minimum < sum(group.required for group in attempt.groups)
        return (replace(attempt, minimum=1, sure=0),) if some_words else ()

    def _load(self, new: list[int], attempt: Attempt) -> None:
        """The rows of entries; with their texts where all of them may be ranked."""
        if new:
            texts = self._texts if len(new) <= MOST_RANKED else None
            self._rows |= {row.id: row for row in load(new, attempt.query, texts=texts)}

    def _without_forbidden(self, matches: dict[int, Match], attempt: Attempt) -> list[int]:
        """Drop what is found only beside a forbidden neighbour: "chè" is not tea in "chè lam"."""
        doubtful = [entry for entry, match in matches.items() if match.doubtful]
        if not doubtful or len(doubtful) > MOST_LOOKED_AT:
            return list(matches)
        self._read_texts(doubtful)
        return [
            entry
            for entry, match in matches.items()
            if not match.doubtful or (entry in self._texts and _is_found(self._texts[entry], attempt))
        ]

    def _read_texts(self, entries: Iterable[int]) -> None:
        new = [entry for entry in entries if entry not in self._texts]
        if new:
            self._texts |= read_texts(new)

    def _candidate(self, row: Row, attempt: Attempt) -> Candidate:
        text = self._texts.get(row.id, _NO_TEXT)
        return Candidate(
            id=row.id,
            name=text.name,
            producer_id=row.producer_id,
            producer=text.producer,
            places=text.places,
            category=text.category,
            description=text.description if attempt.any_wide else "",
            star=row.star,
            in_stock=row.in_stock,
            rated_on=row.rated_on,
            opinion=row.opinion,
        )


def _has_words(attempt: Attempt) -> bool:
    return attempt.minimum > 0 and any(group.required for group in attempt.groups)


def _rough(row: Row, match: Match) -> tuple[float, int, int, int]:
    return (-round(match.score, 6), row.name_size, row.name_order, row.id)


def _is_found(text: EntryText, attempt: Attempt) -> bool:
    """Whether enough groups are found with neighbours that are allowed."""
    name, *others = [field(each) for each in _texts(text, wide=attempt.wide)]

    def finds(group: TermGroup, *, sure: bool) -> bool:
        in_name = match_group(group, name, sure=sure, scattered=True)[0]
        return bool(in_name or any(match_group(group, each, sure=sure)[0] for each in others))

    required = [group for group in attempt.groups if group.required]
    if sum(finds(group, sure=False) for group in required) < attempt.minimum:
        return False
    return not attempt.sure or sum(finds(group, sure=True) for group in required) >= attempt.sure


def _texts(text: EntryText, *, wide: bool) -> list[str]:
    narrow = [text.name, text.producer, text.places]
    return [*narrow, text.category, text.description] if wide else narrow
