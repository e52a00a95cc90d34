from .consent import Consent, Purpose, Source
from .request import DataExport, Deletion, DeletionState
from .reset_link import ResetLink
from .user import User, UserManager

__all__ = [
    "Consent",
    "DataExport",
    "Deletion",
    "DeletionState",
    "Purpose",
    "ResetLink",
    "Source",
    "User",
    "UserManager",
]
