"""Understanding: places, stars, prices and set names in a query's text, as removable chips.

Pure Python. Places, categories and producer forms are passed in as small records; who keeps
them in a database loads them. What is not understood stays text.
"""

from search.understanding.gazetteer import CategoryName, Gazetteer, PlaceName, PlaceSource, Strength
from search.understanding.reading import Reading, Understanding, understand

__all__ = [
    "CategoryName",
    "Gazetteer",
    "PlaceName",
    "PlaceSource",
    "Reading",
    "Strength",
    "Understanding",
    "understand",
]
