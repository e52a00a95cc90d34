"""Random queries without words, over the codes that a catalogue has."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from catalogue.models import Category
from producers.models import FormerProvince, ProducerForm, Province, Region
from search.query import ProductQuery, Sort


class Asker:
    """Asks the same questions in the same order for the same seed."""

    def __init__(self, *, seed: int, around: date) -> None:
        self.random, self.around = Random(seed), around
        self.provinces = list(Province.objects.values_list("code", flat=True))
        self.former = list(FormerProvince.objects.values_list("code", flat=True))
        self.regions = list(Region.objects.values_list("code", flat=True))
        self.categories = [str(one.code) for one in Category.objects.filter(number__isnull=False)]

    def ask(self, **fixed: Any) -> ProductQuery:
        """A query with about a third of the filters, on a day within some years."""
        low, high = sorted(self.random.randrange(0, 900) * 1000 for _ in range(2))
        filters: dict[str, Any] = {
            "text": "",
            "day": self.around + timedelta(days=self.random.randrange(-900, 900)),
            "stars": self._some([3, 4, 5], 2),
            "provinces": self._some(self.provinces, 12),
            "former_provinces": self._some(self.former, 3),
            "regions": self._some(self.regions, 2),
            "categories": self._some(self.categories, 8),
            "forms": self._some(list(ProducerForm.values), 3),
            "price_from": Decimal(low) if self._now_and_then() else None,
            "price_to": Decimal(high) if self._now_and_then() else None,
            "in_stock": self._now_and_then(),
            "certified": self._now_and_then(),
            "adult": self._now_and_then(),
            "sort": self.random.choice(list(Sort)),
        }
        return ProductQuery(**(filters | fixed))

    def _now_and_then(self) -> bool:
        return self.random.random() < 0.3

    def _some(self, values: list[Any], most: int) -> frozenset[Any]:
        return frozenset(
            self.random.sample(values, self.random.randint(1, most)) if self._now_and_then() else ()
        )
