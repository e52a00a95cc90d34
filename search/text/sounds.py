"""Sounds: folded syllables that are confused because some region says them alike.

Source: the well-known pairs of Vietnamese spelling lessons: s/x, tr/ch, d/gi/r/v, l/n at the
start, n/ng and c/t at the end, f for ph, k/c/q, z for d and w for qu in informal writing.
"""

import re

_STARTS = (
    ("ngh", "g1"), ("gh", "g"), ("tr", "c1"), ("ch", "c1"), ("gi", "d"), ("ph", "f"), ("qu", "kw"),
    ("kh", "x1"), ("nh", "n1"), ("th", "t1"), ("ng", "g1"), ("j", "d"), ("z", "d"), ("d", "d"), ("r", "d"),
    ("v", "d"), ("x", "s"), ("s", "s"), ("l", "l"), ("n", "l"), ("c", "k"), ("k", "k"), ("g", "g"), ("f", "f"), ("q", "k"), ("w", "kw"),
)  # fmt: skip
_ENDS = (
    (re.compile("ng$"), "n"),
    (re.compile("ch$"), "t"),
    (re.compile("c$"), "t"),
    (re.compile("nh$"), "n"),
)


def sound_key(folded: str) -> str:
    """A key shared by syllables that sound alike somewhere in the country."""
    start, rest = _split_start(folded)
    rest = rest.replace("y", "i")
    for ending, plain in _ENDS:
        rest = ending.sub(plain, rest)
    return f"{start}|{rest}"


def _split_start(folded: str) -> tuple[str, str]:
    for letters, sound in _STARTS:
        if folded.startswith(letters) and len(folded) > len(letters):
            return sound, folded[len(letters) :]
    return "", folded
