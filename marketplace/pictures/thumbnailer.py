"""Oscar's hook for pictures."""


class Thumbnailer:
    """Oscar asks for one; our templates use the fixed sizes directly."""
