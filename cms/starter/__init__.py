"""The pages a shop starts with: texts in cms/data, loaded once and from then on the editors'."""

from .pages import load_pages
from .stories import load_story

__all__ = ["load_pages", "load_story"]
