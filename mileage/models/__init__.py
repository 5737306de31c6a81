"""Tables of points and hours."""

from mileage.models.handover import Handover, HandoverLine
from mileage.models.ledger import Account, Entry, Total
from mileage.models.ranking import Prize, Ranking, RankingRow
from mileage.models.request import Request

__all__ = [
    "Account",
    "Entry",
    "Handover",
    "HandoverLine",
    "Prize",
    "Ranking",
    "RankingRow",
    "Request",
    "Total",
]
