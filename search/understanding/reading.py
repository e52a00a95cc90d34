"""Readings: how a text may be meant, likeliest first.

"mật ong Bình Dương" is honey from Bình Dương, or a product of that name made elsewhere. The first
reading filters by the place, the second looks for its words. A place alone, or behind "đặc sản",
only filters. A specialty place beside other words ("nước mắm Phú Quốc") is text first, since
names carry it, and its province only the second reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.groups import Role, build_groups, phrase_size
from search.query import ProductQuery, TermGroup
from search.result import Chip, ChipKind, Step
from search.text.lexicon import (
    Lexicon,
    Phrase,
    delivery_words,
    key_of,
    place_homographs,
    place_markers,
)
from search.text.tokens import tokenise
from search.understanding.gazetteer import Gazetteer, PlaceMeaning, PlaceSource, Strength
from search.understanding.money import is_measure
from search.understanding.prices import find_price
from search.understanding.stars import find_stars
from search.understanding.words import Found

MAX_PLACES = 3
LONG = 5
"""Letters from which on one word that names a place ("daklak") may stand anywhere."""
_STOCK_WORDS = (("con", "hang"), ("san", "hang"))
_CHIP_OF_PLACE = {
    PlaceSource.PROVINCE: ChipKind.PROVINCE,
    PlaceSource.FORMER_PROVINCE: ChipKind.FORMER_PROVINCE,
    PlaceSource.REGION: ChipKind.REGION,
}
_FIELD_OF_CHIP = {
    ChipKind.PROVINCE: "provinces",
    ChipKind.FORMER_PROVINCE: "former_provinces",
    ChipKind.REGION: "regions",
    ChipKind.CATEGORY: "categories",
    ChipKind.FORM: "forms",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the text: the query with its filters, what to find, and how to say it."""

    query: ProductQuery
    groups: tuple[TermGroup, ...]
    chips: tuple[Chip, ...]
    step: Step | None = None

    @property
    def has_words(self) -> bool:
        return any(group.required for group in self.groups)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The readings of a text, likeliest first; later ones are for when the first find nothing.

    `names_first`: a product named exactly like the second reading, the text, beats the first.
    `anything`: what a text of stop words alone ("hàng OCOP") asks for if no product carries them.
    """

    tokens: Phrase
    readings: tuple[Reading, ...]
    names_first: bool = False
    anything: Reading | None = None


@dataclass(slots=True)
class _Draft:
    tokens: Phrase
    roles: list[Role]
    chips: list[Chip]
    lexicon: Lexicon

    def mark(self, start: int, end: int, role: Role) -> None:
        self.roles[start:end] = [role] * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        return all(role is Role.TEXT for role in self.roles[start:end])

    def groups(self, roles: Sequence[Role]) -> tuple[TermGroup, ...]:
        return build_groups(self.tokens, roles, self.lexicon)

    @property
    def has_text(self) -> bool:
        return Role.TEXT in self.roles


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    meaning: PlaceMeaning
    marked_by: bool
    typed_fully: bool

    @property
    def is_sure(self) -> bool:
        """Names hold specialty places; a single syllable without marks may be another word."""
        return self.marked_by or (self.typed_fully and self.meaning.strength is not Strength.SPECIALTY)

    def chip(self, tokens: Phrase) -> Chip:
        words = " ".join(token.written for token in tokens[self.start : self.end])
        return Chip(_CHIP_OF_PLACE[self.meaning.source], self.meaning.codes, words)


def understand(*, query: ProductQuery, gazetteer: Gazetteer, lexicon: Lexicon) -> Understanding:
    """Read the query's text; chips in `query.switched_off` stay text."""
    tokens = tokenise(query.text)
    draft = _Draft(tokens, [Role.TEXT] * len(tokens), [], lexicon)
    query = _take_numbers(draft, query)
    _drop_deliveries(draft, gazetteer)
    places = _find_places(draft, query, gazetteer)
    if places:
        return _with_places(draft, query, gazetteer, places)
    other = replace(draft, roles=list(draft.roles), chips=list(draft.chips))
    loose = () if query.place_held else _place_in_other_marks(other, query, gazetteer)
    _mark_helpers(draft, [])
    readings = (*_without_places(draft, query, gazetteer), *loose)
    return Understanding(tokens, readings, anything=_anything(draft, query))


def _place_in_other_marks(draft: _Draft, query: ProductQuery, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """The places of "đăc sản Hà Nôi", whose marks are wrong."""
    places = _find_places(draft, query, gazetteer, any_marks=True)
    if not places:
        return ()
    _set_apart(draft, places)
    return tuple(
        replace(reading, step=Step.MARKS_IGNORED) for reading in _filtered(draft, query, gazetteer, places)
    )


def _anything(draft: _Draft, query: ProductQuery) -> Reading | None:
    if not draft.tokens or Role.TEXT in _roles_with_helpers(draft, []):
        return None
    return Reading(query, draft.groups([Role.STOP] * len(draft.tokens)), tuple(draft.chips))


def _set_apart(draft: _Draft, places: list[_Place]) -> None:
    """Markers before a place are no words to find, nor are stop words beside one."""
    for place in places:
        draft.mark(place.start - _marker_size(draft, place.start), place.start, Role.STOP)
    _mark_helpers(draft, places)


def _with_places(
    draft: _Draft, query: ProductQuery, gazetteer: Gazetteer, places: list[_Place]
) -> Understanding:
    roles = list(draft.roles)
    _set_apart(draft, places)
    text = _as_text(draft, query, roles)
    if query.place_held:
        return _with_place_held(draft, query, gazetteer, places, text)
    given = tuple(draft.chips)
    filtered = _filtered(draft, query, gazetteer, places)
    if not filtered[0].has_words:
        return Understanding(draft.tokens, (*filtered, text))
    elsewhere = Reading(query, _groups_without(draft, Role.PLACE), given, Step.OTHER_PLACES)
    if not any(place.is_sure for place in places):
        later = tuple(replace(reading, step=Step.WORDS_AS_PLACE) for reading in filtered)
        return Understanding(draft.tokens, (replace(text, step=None), *later, elsewhere))
    return Understanding(draft.tokens, (filtered[0], text, elsewhere), names_first=True)


def _with_place_held(
    draft: _Draft, query: ProductQuery, gazetteer: Gazetteer, places: list[_Place], text: Reading
) -> Understanding:
    """Places as words of what is found at the one given; where nothing there carries them, without them."""
    _take_out(draft, places)
    without = _without_places(draft, query, gazetteer)
    readings = (replace(text, step=None), *(replace(one, step=Step.PAGES_PLACE) for one in without))
    return Understanding(draft.tokens, readings)


def _as_text(draft: _Draft, query: ProductQuery, roles: list[Role]) -> Reading:
    as_text = replace(draft, roles=list(roles))
    _mark_helpers(as_text, [])
    return Reading(query, draft.groups(as_text.roles), tuple(draft.chips), Step.PLACE_AS_TEXT)


def _groups_without(draft: _Draft, unwanted: Role) -> tuple[TermGroup, ...]:
    return draft.groups([Role.GONE if role is unwanted else role for role in draft.roles])


def _filtered(
    draft: _Draft, query: ProductQuery, gazetteer: Gazetteer, places: list[_Place]
) -> tuple[Reading, ...]:
    for place in places:
        chip = place.chip(draft.tokens)
        draft.chips.append(chip)
        query = _filter(query, chip)
    _take_out(draft, places)
    return _without_places(draft, query, gazetteer)


def _take_out(draft: _Draft, places: list[_Place]) -> None:
    """Places need not be found; a province alone ranks its products as they come, a specialty place its own first."""
    for place in places:
        draft.mark(place.start, place.end, Role.PLACE)
    for place in places if not draft.has_text else ():
        if place.meaning.strength is not Strength.SPECIALTY:
            draft.mark(place.start, place.end, Role.GONE)


def _without_places(draft: _Draft, query: ProductQuery, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """The text itself; a set's or a producer form's whole name filters, its words helping to rank."""
    plain = Reading(query, draft.groups(draft.roles), tuple(draft.chips))
    chip = _named_chip(draft, gazetteer)
    if chip is None or chip.key in query.switched_off:
        return (plain,)
    roles = [Role.PLACE if role is Role.TEXT else role for role in draft.roles]
    named = Reading(_filter(query, chip), draft.groups(roles), (*draft.chips, chip))
    return (named, plain)


def _named_chip(draft: _Draft, gazetteer: Gazetteer) -> Chip | None:
    """The set or the producer form that the words name; "đồ" is a stop word, but not in "đồ uống"."""
    for kept in ({Role.TEXT, Role.STOP}, {Role.TEXT}):
        words = tuple(token for token, role in zip(draft.tokens, draft.roles, strict=True) if role in kept)
        text = " ".join(token.written for token in words)
        if code := gazetteer.category_of(words):
            return Chip(ChipKind.CATEGORY, (code,), text)
        if form := gazetteer.form_of(words):
            return Chip(ChipKind.FORM, (form,), text)
    return None


def _filter(query: ProductQuery, chip: Chip) -> ProductQuery:
    name = _FIELD_OF_CHIP[chip.kind]
    return replace(query, **{name: getattr(query, name) | set(chip.codes)})


def _take_numbers(draft: _Draft, query: ProductQuery) -> ProductQuery:
    stars = find_stars(draft.tokens)
    if stars:
        chip = Chip(ChipKind.STARS, tuple(str(star) for star in stars.stars), _written(draft, stars))
        if _take(draft, query, stars, chip):
            query = replace(query, stars=query.stars | set(stars.stars))
    price = find_price(draft.tokens)
    if price and draft.is_free(price.start, price.end):
        bounds = tuple(
            "" if bound is None else str(int(bound)) for bound in (price.price_from, price.price_to)
        )
        if _take(draft, query, price, Chip(ChipKind.PRICE, bounds, _written(draft, price))):
            query = replace(
                query,
                price_from=price.price_from if query.price_from is None else query.price_from,
                price_to=price.price_to if query.price_to is None else query.price_to,
            )
    return _take_stock(draft, query)


def _take_stock(draft: _Draft, query: ProductQuery) -> ProductQuery:
    for start in range(len(draft.tokens) - 1):
        pair = (draft.tokens[start].folded, draft.tokens[start + 1].folded)
        found = Found(start, start + 2)
        if pair in _STOCK_WORDS and _take(
            draft, query, found, Chip(ChipKind.IN_STOCK, (), _written(draft, found))
        ):
            return replace(query, in_stock=True)
    return query


def _take(draft: _Draft, query: ProductQuery, found: Found, chip: Chip) -> bool:
    if chip.key in query.switched_off:
        return False
    draft.chips.append(chip)
    draft.mark(found.start, found.end, Role.GONE)
    return True


def _written(draft: _Draft, found: Found) -> str:
    return " ".join(token.written for token in draft.tokens[found.start : found.end])


def _find_places(
    draft: _Draft, query: ProductQuery, gazetteer: Gazetteer, *, any_marks: bool = False
) -> list[_Place]:
    """Places from the right, where they stand in Vietnamese, the longest first; not those switched off."""
    found: list[_Place] = []
    end = len(draft.tokens)
    while end > 0 and len(found) < MAX_PLACES:
        place = _place_ending(draft, gazetteer, end, any_marks=any_marks)
        if place and place.chip(draft.tokens).key not in query.switched_off:
            found.append(place)
        end = place.start if place else end - 1
    return found


def _place_ending(draft: _Draft, gazetteer: Gazetteer, end: int, *, any_marks: bool) -> _Place | None:
    for start in range(max(0, end - gazetteer.longest), end - any_marks):
        piece = draft.tokens[start:end]
        meaning = gazetteer.place_at(piece, any_marks=any_marks) if draft.is_free(start, end) else None
        if meaning is None:
            continue
        typed_fully = len(piece) > 1 or piece[0].marked or len(piece[0].folded) >= LONG
        place = _Place(start, end, meaning, _marker_size(draft, start) > 0, typed_fully)
        if _is_plausible(draft, piece, place):
            return place
    return None


def _is_plausible(draft: _Draft, piece: Phrase, place: _Place) -> bool:
    """Single syllables and abbreviations mean a place only where nothing else can be meant."""
    alone = all(
        draft.roles[at] is Role.GONE for at in range(len(draft.tokens)) if not place.start <= at < place.end
    )
    if not any(token.marked for token in piece) and key_of(piece) in place_homographs():
        return place.marked_by
    if len(piece) > 1 or alone or place.marked_by:
        return True
    if place.meaning.strength <= Strength.NICKNAME or len(piece[0].folded) <= 2:
        return False
    return place.end == len(draft.tokens) or len(piece[0].folded) >= LONG


def _marker_size(draft: _Draft, start: int) -> int:
    """How many tokens before `start` announce a place ("đặc sản", "ở", "qua")."""
    sizes = (
        start - at
        for at in range(max(0, start - 3), start)
        if place_markers().length_at(draft.tokens[:start], at) == start - at
    )
    return max(sizes, default=0)


def _drop_deliveries(draft: _Draft, gazetteer: Gazetteer) -> None:
    """ "giao Hà Nội" says where to, not where from: neither a filter nor a word to find."""
    for start in range(len(draft.tokens)):
        size = delivery_words().length_at(draft.tokens, start)
        if not size:
            continue
        for end in range(len(draft.tokens), start + size, -1):
            if gazetteer.place_at(draft.tokens[start + size : end]):
                draft.mark(start, end, Role.GONE)
                return


def _mark_helpers(draft: _Draft, places: Sequence[_Place]) -> None:
    """Stop words and sizes, as long as another word remains to be found or a place filters."""
    roles = _roles_with_helpers(draft, places)
    if places or draft.chips or Role.TEXT in roles:
        draft.roles = roles


def _roles_with_helpers(draft: _Draft, places: Sequence[_Place]) -> list[Role]:
    roles = list(draft.roles)
    inside = {at for place in places for at in range(place.start, place.end)}
    at = 0
    while at < len(draft.tokens):
        size = draft.lexicon.stop_words.length_at(draft.tokens, at)
        role = Role.STOP if size else Role.SIZE
        size = size or _size_at(draft.tokens, at)
        for index in range(at, at + size):
            if roles[index] is Role.TEXT and index not in inside:
                roles[index] = role
        at += size or 1
    return _with_phrases(draft, roles)


def _with_phrases(draft: _Draft, roles: list[Role]) -> list[Role]:
    """Stop words inside a known phrase are words of it: "cần" in "rượu cần"."""
    for at in range(len(roles)):
        phrase = range(at, at + phrase_size(draft.tokens, at, draft.lexicon))
        if any(roles[index] is Role.TEXT for index in phrase):
            for index in phrase:
                roles[index] = Role.TEXT if draft.roles[index] is Role.TEXT else roles[index]
    return roles


def _size_at(tokens: Phrase, at: int) -> int:
    return 2 if tokens[at].is_number and is_measure(tokens, at + 1) else 0
