"""What banks, carriers and Stripe say, what was decided about it, and how a day compares (docs/adr/0016)."""

from .day import ComparedDay, Difference, DifferenceState, Source, Why
from .decision import Decision, DecisionState, Kind
from .imported import Import, ImportState
from .layout import Encoding, FileKind, FileLayout, FileType
from .line import Hint, Line, LineState
from .movement import Movement

__all__ = [
    "ComparedDay",
    "Decision",
    "DecisionState",
    "Difference",
    "DifferenceState",
    "Encoding",
    "FileKind",
    "FileLayout",
    "FileType",
    "Hint",
    "Import",
    "ImportState",
    "Kind",
    "Line",
    "LineState",
    "Movement",
    "Source",
    "Why",
]
