"""What people write into steps of results."""

from basis.errors import Rejected


def needed(text: str, otherwise: str, field: str = "reason") -> str:
    """Without what is around it. Raises: Rejected where nothing is left."""
    if not text.strip():
        raise Rejected(otherwise, field=field)
    return text.strip()
