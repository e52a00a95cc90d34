"""How names are typed: without marks, decomposed, with one wrong letter."""

import random
import string
import unicodedata


def without_marks(name: str) -> str:
    spread = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def decomposed(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def misspelt(name: str, kind: str, dice: random.Random) -> str:
    """One letter replaced, inserted or deleted, or two swapped, wherever the dice fall."""
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    at, other = dice.choice(places), dice.choice(string.ascii_lowercase)
    if kind == "replace":
        return name[:at] + other + name[at + 1 :]
    if kind == "insert":
        return name[:at] + other + name[at:]
    if kind == "delete":
        return name[:at] + name[at + 1 :]
    at = dice.choice([place for place in places if name[place + 1 : place + 2].isalpha()])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
