"""Telex and VNI leftovers: what a keyboard without its input method leaves behind.

"nuowcs mamws" was meant as "nước mắm", "tra2 hoa vang2" as "trà hoa vàng".
Decoding guesses; callers decode only words that the catalogue does not know.
"""

import re
import unicodedata

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_SHAPES = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VNI_WORD = re.compile(r"^[a-z]+[1-9][a-z1-9]*$")
_VOWELS = "aăâeêioôơuưy"
_CLOSED = re.compile(rf"([{_VOWELS}]+)([^{_VOWELS}]*)$")


def decode(word: str) -> str | None:
    """The syllable a Telex or VNI typist meant, or None where nothing is left over."""
    lowered = word.lower()
    decoded = _vni(lowered) if _VNI_WORD.match(lowered) else _telex(lowered)
    return decoded if decoded and decoded != lowered else None


def decode_text(text: str) -> str:
    """The text with VNI words decoded; letters and digits are taken apart by tokens, so this comes first."""
    return re.sub(
        r"\b[A-Za-z]+[1-9][A-Za-z1-9]*\b", lambda match: decode(match.group()) or match.group(), text
    )


def _telex(word: str) -> str | None:
    if not re.fullmatch(r"[^\W\d_]+", word):
        return None
    tone, letters = _take_tone(word)
    for keys, letter in _TELEX_SHAPES.items():
        letters = letters.replace(keys, letter, 1)
    return _with_tone(_telex_w(_late_shape(letters)), tone)


def _take_tone(word: str) -> tuple[str, str]:
    """The tone key, which stands behind the vowel: at the end, or before the final letters or w."""
    match = re.search(rf"(?<=[{_VOWELS}w])([a-zđ]*?)([sfrxj])([a-vy-z]{{0,2}}w?)$", word)
    if match is None:
        return "", word
    cut = match.start(2)
    return _TELEX_TONES[match.group(2)], word[:cut] + word[cut + 1 :]


def _late_shape(letters: str) -> str:
    """Shape keys typed at the end of the syllable: nuocmo is left alone, "tieengs" and "tienge" are one."""
    for vowel, shaped in (("a", "â"), ("e", "ê"), ("o", "ô")):
        match = re.fullmatch(rf"([^{_VOWELS}]*[iuy]?){vowel}([bcdghkmnpqt]+){vowel}", letters)
        if match:
            return f"{match.group(1)}{shaped}{match.group(2)}"
    return re.sub(r"^d([a-zăâêôơư]+)d$", r"đ\1", letters)


def _telex_w(letters: str) -> str:
    if "w" not in letters:
        return letters
    return _shape_w(letters.replace("w", ""))


def _shape_w(bare: str) -> str:
    for plain, shaped in (("uo", "ươ"), ("uu", "ưu"), ("ua", "ưa"), ("a", "ă"), ("o", "ơ"), ("u", "ư")):
        if plain in bare and not (plain.startswith("u") and bare.startswith("q")):
            return bare.replace(plain, shaped, 1)
    return bare


def _vni(word: str) -> str | None:
    digits = "".join(sign for sign in word if sign.isdigit())
    letters = "".join(sign for sign in word if not sign.isdigit())
    tone = next((_VNI_TONES[digit] for digit in digits if digit in _VNI_TONES), "")
    for digit in digits:
        letters = _vni_shape(letters, digit)
    return _with_tone(letters, tone)


def _vni_shape(letters: str, digit: str) -> str:
    if digit == "6":
        return re.sub("[aeo]", lambda match: {"a": "â", "e": "ê", "o": "ô"}[match.group()], letters, count=1)
    if digit == "7":
        return _shape_w(letters.replace("a", "\0")).replace("\0", "a")
    if digit == "8":
        return letters.replace("a", "ă", 1)
    return letters.replace("d", "đ", 1) if digit == "9" else letters


def _with_tone(letters: str, tone: str) -> str | None:
    match = _CLOSED.search(letters)
    if match is None:
        return None
    if not tone:
        return letters
    start = match.start(1) + _tone_offset(letters[: match.start(1)], match.group(1), match.group(2))
    return unicodedata.normalize("NFC", letters[: start + 1] + tone + letters[start + 1 :])


def _tone_offset(onset: str, vowels: str, ending: str) -> int:
    """Where in the vowels the tone stands: on a shaped vowel, else on the nucleus."""
    skip = 1 if len(vowels) > 1 and (onset, vowels[0]) in {("q", "u"), ("g", "i")} else 0
    for offset in range(len(vowels) - 1, -1, -1):
        if vowels[offset] in "ăâêôơư":
            return offset
    rest = len(vowels) - skip
    if rest == 1:
        return skip
    return skip + 1 if ending or rest == 3 else skip
