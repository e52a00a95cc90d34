"""A progress bar on standard error; a few plain lines where nobody watches."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

Item = TypeVar("Item")

WIDTH = 32


class Progress:
    """Shows how far each step is. `stream` gets the bar."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr

    def over(self, items: Sequence[Item], label: str) -> Iterator[Item]:
        """The items one after the other, the bar moving with them."""
        total, shown = len(items), -1
        for number, item in enumerate(items):
            if (percent := 100 * number // total) != shown:
                self._draw(label, percent)
                shown = percent
            yield item
        self._draw(label, 100, end=True)

    def _draw(self, label: str, percent: int, *, end: bool = False) -> None:
        watched = self._stream.isatty()
        if watched or end:
            full = WIDTH * percent // 100
            bar = f"{label:<14} [{'#' * full}{'.' * (WIDTH - full)}] {percent:3d} %"
            self._stream.write(f"\r{bar}" if watched else bar)
            self._stream.write("\n" if end else "")
            self._stream.flush()


def chunks(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
