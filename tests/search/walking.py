"""Walks through whole lists: numbered pages first, and behind them from cursor to cursor."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.query import ProductQuery
from search.result import ProductResult

Ask = Callable[[ProductQuery], ProductResult]


def pages(ask: Ask, query: ProductQuery, *, numbered: int) -> Iterator[ProductResult]:
    """The numbered pages one by one, then those behind, however many there are."""
    for number in range(1, numbered + 1):
        result = ask(replace(query, page=number))
        yield result
    while result.further:
        result = ask(replace(query, page=1, after=result.further))
        yield result


def walked(ask: Ask, query: ProductQuery, *, numbered: int) -> list[int]:
    """The ids of all pages in order."""
    return [key for result in pages(ask, query, numbered=numbered) for key in result.ids]
