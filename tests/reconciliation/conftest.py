from collections.abc import Iterator

import pytest

from marketplace.reconciliation.jobs import Hourly
from tests.payment.conftest import double, running_double  # noqa: F401


@pytest.fixture(autouse=True)
def asks_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process remembers the hour for which it asked; tests begin without."""
    monkeypatch.setattr(Hourly, "asked", None)
    yield
