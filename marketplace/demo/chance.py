"""Invented facts must be the same on every machine and every day: chance that depends on words only."""

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")


def chance(*words: object) -> Random:
    """A generator seeded by the words, and by nothing else."""
    digest = sha256("|".join(str(word) for word in words).encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))


def pick(options: Sequence[Choice], *words: object) -> Choice:
    return chance(*words).choice(options)
