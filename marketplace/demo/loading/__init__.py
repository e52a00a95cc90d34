"""Puts the demonstration into the database, through the shop's own functions.

Everything is keyed (producers and products by a code that starts with DEMO): what exists stays as it is,
first dates included; what is missing, after an interrupted load too, is added.
"""

from .everything import load_demo

__all__ = ["load_demo"]
