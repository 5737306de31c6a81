"""Tables of points and hours."""

from mileage.models.handover import Handover, HandoverLine
from mileage.models.ledger import Account, Entry, Total
from mileage.models.ranking import Given, Ranking, RankingRow
from mileage.models.request import Request

__all__ = [
    "Account",
    "Entry",
    "Given",
    "Handover",
    "HandoverLine",
    "Ranking",
    "RankingRow",
    "Request",
    "Total",
]
