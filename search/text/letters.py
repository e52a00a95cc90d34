"""Letters: one written form for what Unicode, keyboards and habits write in many ways."""

import re
import unicodedata

APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u02b9\u00b4`\uff07']")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
SIGNS = str.maketrans({"®": " ", "™": " ", "©": " ", "°": " độ ", "º": " độ ", "★": " sao ", "⭐": " sao "})

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_TONE = re.compile(rf"(o)([ae])([{_TONES}])$|(?<!q)(u)(y)([{_TONES}])$")
_LONE_Y = re.compile(rf"^((?:[^\W\d_aeiouy]*[hklmts]|qu))y([{_TONES}]?)$")
_MARKED = re.compile("[\u0300-\u036f]")


def clean(text: str) -> str:
    """Lower-case NFC text with plain dashes and apostrophes, without control characters.

    Decomposed text (macOS, Word, PDF) is composed before anything else looks at it.
    Unpaired surrogates, which no database takes, become spaces.
    """
    composed = unicodedata.normalize("NFC", text).translate(SIGNS)
    plain = DASHES.sub("-", APOSTROPHES.sub("'", composed))
    visible = plain if plain.isprintable() else "".join(_visible(letter) for letter in plain)
    # Lower-casing may decompose again (İ), hence the second composition.
    return unicodedata.normalize("NFC", visible.lower())


def _visible(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else letter


def exact_form(word: str) -> str:
    """The word with its marks, tone placed by one habit (hoà → hòa) and lone y as i (mỳ → mì)."""
    spread = unicodedata.normalize("NFD", word)
    placed = _OPEN_TONE.sub(_move_tone, _tone_last(spread))
    return unicodedata.normalize("NFC", _LONE_Y.sub(r"\1i\2", placed))


def _tone_last(spread: str) -> str:
    """Put a final syllable's tone behind its letter's other marks; NFD puts the dot below first."""
    return re.sub(r"(\u0323)([\u0302\u0306\u031b]+)", r"\2\1", spread)


def _move_tone(match: re.Match[str]) -> str:
    first, second, tone = match.group(1, 2, 3) if match.group(1) else match.group(4, 5, 6)
    return f"{first}{tone}{second}"


def folded_form(word: str) -> str:
    """The word without any marks: đ → d, tone, hat, horn and breve removed, lone y as i."""
    bare = _MARKED.sub("", unicodedata.normalize("NFD", exact_form(word))).replace("đ", "d")
    return _LONE_Y.sub(r"\1i", bare)


def has_marks(word: str) -> bool:
    return "đ" in word or bool(_MARKED.search(unicodedata.normalize("NFD", word)))
