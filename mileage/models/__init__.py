"""Tables of points and hours."""

from mileage.models.ledger import Account, Entry, Total

__all__ = ["Account", "Entry", "Total"]
