"""What one Stripe account holds: its keys, and its objects in the order they were made."""

import copy
import secrets
import string
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.stripe_double.errors import no_such

Object = dict[str, Any]

API_VERSION = "2026-10-28.endive"  # the version whose shapes are answered: the one stripe-python 16.1 pins
SECRET_KEY = "sk_test_double"
PUBLISHABLE_KEY = "pk_test_double"
# What the path calls the object, as Stripe's errors name it; else `id`.
IN_PATH = {"payment_intent": "intent", "dispute": "dispute"}
ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(length))


def now() -> int:
    return int(time.time())


@dataclass
class Account:
    """Objects by kind and id. Whoever reads or changes them holds `lock`."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    objects: dict[str, dict[str, Object]] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)  # the test card behind each payment method
    settlement: str | None = None  # the currency balance transactions are kept in; None: that of the charge

    def add(self, one: Object) -> Object:
        self.objects.setdefault(one["object"], {})[one["id"]] = one
        return one

    def all(self, kind: str) -> list[Object]:
        """Newest first, as every list of Stripe's is."""
        return list(reversed(self.objects.get(kind, {}).values()))

    def find(self, key: str) -> Object | None:
        return next((kind[key] for kind in self.objects.values() if key in kind), None)

    def get(self, kind: str, key: str, *, param: str | None = None) -> Object:
        """`param`: the parameter that named it; None if the path did."""
        one = self.objects.get(kind, {}).get(key)
        if one is None:
            raise no_such(kind, key, param=param or IN_PATH.get(kind, "id"), status=400 if param else 404)
        return one


def snapshot(one: Object) -> Object:
    return copy.deepcopy(one)
