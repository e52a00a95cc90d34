"""Oscar's models of communication with ours in place; importing this module registers them all."""

from .message import ENDED, OPEN, Message, MessageState
from .notification import Notification

__all__ = ["ENDED", "OPEN", "Message", "MessageState", "Notification"]

from oscar.apps.communication.models import *  # noqa: F403
