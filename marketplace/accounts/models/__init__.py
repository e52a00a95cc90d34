from .consent import Consent, Purpose, Source
from .request import DataExport, Deletion, DeletionState
from .user import User, UserManager

__all__ = [
    "Consent",
    "DataExport",
    "Deletion",
    "DeletionState",
    "Purpose",
    "Source",
    "User",
    "UserManager",
]
