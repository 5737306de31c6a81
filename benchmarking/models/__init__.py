"""Cases, their review rounds, department reviews, what became of adopted ones."""

from benchmarking.models.case import Case
from benchmarking.models.follow_up import FollowUp
from benchmarking.models.review import Review, ReviewRound

__all__ = [
    "Case",
    "FollowUp",
    "Review",
    "ReviewRound",
]
