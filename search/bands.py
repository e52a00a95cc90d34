"""The price bands of the facet: each begins here and ends before the next, in đồng."""

PRICE_BANDS = (0, 100_000, 200_000, 500_000, 1_000_000)
ENDS = (*PRICE_BANDS[1:], 0)
"""Where each band ends, before this price; the last one does not."""


def band(price: int | None) -> str:
    """The beginning of the band that holds the price, as facets count it; '' for what has no price."""
    return "" if price is None else str(max(start for start in PRICE_BANDS if start <= price))
