"""Many buyers at once, over real server processes."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from tests.checkout.buyer import Buyer
from tests.checkout.server import Browser


def at_once(tries: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run them in threads that all start together."""
    tries = list(tries)
    barrier = Barrier(len(tries))

    def run(one: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return one()
        finally:
            connections.close_all()  # a thread's own; left open they keep the test database from being dropped

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(run, tries))


def ready_to_order(address: str, *products: Any, stocked: bool = False) -> tuple[Buyer, dict[str, str]]:
    """Somebody with one piece of each in the basket and the form filled in; see Buyer for `stocked`."""
    buyer = Buyer(Browser(address), stocked=stocked)
    for product in products:
        buyer.adds(product)
    return buyer, buyer.form()
