"""The terms of the list's producers; those that have some, staff's too, keep them."""

from collections import defaultdict
from collections.abc import Mapping

from marketplace.demo.makers import maker_key, makers_of
from marketplace.demo.rows import Row
from marketplace.demo.terms import TermsFacts, terms_of_maker
from marketplace.shipping.models import ProducerTerms
from producers.models import Producer


def load_terms(rows: tuple[Row, ...], *, producers: Mapping[str, Producer]) -> None:
    """Add what is missing, in one statement."""
    sets: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        sets[maker_key(row)].add(row.set_no)
    facts = {key: terms_of_maker(maker, sets=frozenset(sets[key])) for key, maker in makers_of(rows).items()}
    made = [_row(producers[key], fact) for key, fact in facts.items() if fact != TermsFacts()]
    ProducerTerms.objects.bulk_create(made, ignore_conflicts=True)


def _row(producer: Producer, fact: TermsFacts) -> ProducerTerms:
    return ProducerTerms(
        producer=producer,
        minimum_order=fact.minimum_order,
        free_from=fact.free_from,
        offers_pickup=bool(fact.pickup_address),
        pickup_address=fact.pickup_address,
        pickup_hours=fact.pickup_hours,
    )
