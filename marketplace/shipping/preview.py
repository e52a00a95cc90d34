"""What a parcel costs under the saved tables, and under a row that is being edited: for whoever edits them."""

from dataclasses import dataclass
from datetime import date

from producers.models import Producer

from .models import ProducerTerms, Tariff, terms_of
from .quotes import Destination, Parcel, Quote, quote, tariffs


@dataclass(frozen=True)
class Trial:
    """A parcel on its way; `origin` may be an unsaved producer of whom only the province is known."""

    origin: Producer
    destination: Destination
    parcel: Parcel


@dataclass(frozen=True)
class Compared:
    """The same parcel twice: as the tables stand, and as they would be."""

    now: Quote
    then: Quote

    @property
    def differs(self) -> bool:
        return self.now != self.then


def compare(*, trial: Trial, edited: Tariff | ProducerTerms, day: date) -> Compared:
    """Quotes for a parcel ordered on `day`; `edited` is a row as it would be saved, of any zone or producer."""
    table, terms = tariffs(), terms_of(trial.origin)
    now = quote(terms=terms, destination=trial.destination, parcel=trial.parcel, day=day, table=table)
    if isinstance(edited, Tariff):
        others = {zone: tariff for zone, tariff in table.items() if tariff.pk != edited.pk}
        table = others | {edited.zone: edited}
    elif edited.producer_id == trial.origin.pk:
        terms = edited
    then = quote(terms=terms, destination=trial.destination, parcel=trial.parcel, day=day, table=table)
    return Compared(now, then)
