"""What nobody should put under the eyes of everybody: links, addresses of mail, phone numbers."""

import re

_CONTACT = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|org|vn|shop|info|io|me)\b|\S@\S|\+?\d(?:[\s.,\-/()]*\d){7,}",
    re.IGNORECASE,
)
"""Links, addresses of mail, and eight digits or more, however they are grouped."""
_DATE = re.compile(
    r"(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?![.,/-]?\d)"
)
"""A day with month and year has eight digits too, and buyers write when something came and until when it keeps."""


def has_contact(text: str) -> bool:
    """Whether somebody could be reached by it."""
    return _CONTACT.search(_DATE.sub("…", text)) is not None
